namespace StreamSense.Ml.Candidates.Filters;

/// <summary>What a filter says of a title.</summary>
public enum FilterVerdict : byte
{
    /// <summary>It may be shown.</summary>
    Allowed = 0,

    /// <summary>It may not.</summary>
    Refused = 1,

    /// <summary>What would have to be known is not, so it may not be shown either.</summary>
    Unknown = 2,
}
