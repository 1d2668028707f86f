namespace StreamSense.Core.Events;

/// <summary>Where in the content an ad break lies.</summary>
public enum AdPlacement : byte
{
    /// <summary>Not given.</summary>
    None = 0,

    /// <summary>Before the content.</summary>
    Pre = 1,

    /// <summary>Within the content.</summary>
    Mid = 2,

    /// <summary>After the content.</summary>
    Post = 3,
}
