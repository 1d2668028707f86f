namespace StreamSense.Core.Events;

/// <summary>What kind of content a title is.</summary>
public enum TitleType : byte
{
    /// <summary>Not given.</summary>
    None = 0,

    /// <summary>A film.</summary>
    Movie = 1,

    /// <summary>An episode of a series.</summary>
    Episode = 2,

    /// <summary>A documentary.</summary>
    Documentary = 3,

    /// <summary>A clip.</summary>
    Clip = 4,

    /// <summary>A live stream.</summary>
    Live = 5,

    /// <summary>Audio.</summary>
    Audio = 6,
}
