namespace StreamSense.Ml.Features;

/// <summary>An attribute of titles that viewers may like.</summary>
/// <remarks>Of an attribute with many values the first eight of a title count.</remarks>
public enum FeatureAttribute : byte
{
    /// <summary>The genres.</summary>
    Genre = 0,

    /// <summary>The series.</summary>
    Series = 1,

    /// <summary>The moods.</summary>
    Mood = 2,

    /// <summary>The cast.</summary>
    Cast = 3,

    /// <summary>The languages.</summary>
    Language = 4,

    /// <summary>The kind of content.</summary>
    Type = 5,

    /// <summary>The maturity rating.</summary>
    Maturity = 6,

    /// <summary>The title itself.</summary>
    Title = 7,
}
