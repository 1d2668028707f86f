namespace StreamSense.Core.Metrics.Engagement;

/// <summary>A place in the content at which the number of plays over it changes.</summary>
internal struct RangeBorder
{
    /// <summary>The place, in microseconds.</summary>
    public long Position;

    /// <summary>By how much; never 0.</summary>
    public int Change;

    /// <summary>The next border of the same list, at a later place, or of the list of free ones; -1 for none.</summary>
    public int Next;
}
