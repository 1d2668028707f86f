namespace StreamSense.Ml.Candidates.Histories;

/// <summary>How far a viewer got with a title.</summary>
[Flags]
public enum WatchedFlags : byte
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>The latest view reached the end.</summary>
    Finished = 1,

    /// <summary>Some view reached the end.</summary>
    EverFinished = 2,

    /// <summary>The latest view was of a live stream, which cannot be continued.</summary>
    Live = 4,
}
