namespace StreamSense.Core.Metrics.Cubes;

/// <summary>The lengths of window that a cube keeps, each made of whole windows of the one before it, aligned to the Unix epoch.</summary>
public enum CubeLevel : byte
{
    /// <summary>Windows of ten seconds.</summary>
    TenSeconds = 0,

    /// <summary>Windows of a minute.</summary>
    Minute = 1,

    /// <summary>Windows of an hour.</summary>
    Hour = 2,

    /// <summary>Windows of a day, in UTC.</summary>
    Day = 3,
}
