namespace StreamSense.Ml.Candidates.Histories;

/// <summary>Orders what somebody took an interest in: the latest first, at the same time by title.</summary>
internal readonly struct LatestFirst : IComparer<HistoryEntry>
{
    /// <inheritdoc/>
    public int Compare(HistoryEntry x, HistoryEntry y) =>
        x.Time != y.Time ? y.Time.CompareTo(x.Time) : x.Title.Value.CompareTo(y.Title.Value);
}
