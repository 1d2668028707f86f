namespace StreamSense.Core.Events;

/// <summary>What the cache of a CDN did with a request.</summary>
public enum CacheStatus : byte
{
    /// <summary>Not given.</summary>
    None = 0,

    /// <summary>Answered from the cache.</summary>
    Hit = 1,

    /// <summary>Fetched from the origin.</summary>
    Miss = 2,

    /// <summary>Not cacheable.</summary>
    Pass = 3,

    /// <summary>The cache failed.</summary>
    Error = 4,
}
