namespace StreamSense.Core.Ingest.Snowplow;

/// <summary>What is remembered of one view.</summary>
internal struct SnowplowView
{
    /// <summary>The latest time of its events (Unix microseconds).</summary>
    public long LastTime;

    /// <summary>The event that was said as the request, by its keyed hash; 0 if none was.</summary>
    public ulong Request;

    /// <summary>The event at which the first frame was said; 0 if none was.</summary>
    public ulong Start;

    /// <summary>When the first frame was.</summary>
    public long StartTime;

    /// <summary>From when on the playhead is watched for the first frame.</summary>
    public long WatchedSince;

    /// <summary>The playhead then, in seconds; NaN if nothing is watched.</summary>
    public double WatchedFrom;

    public double Rate;
    public bool IsPaused;
    public bool IsSeeking;
    public bool IsBuffering;
    public bool IsInBreak;
    public bool IsInAd;
}
