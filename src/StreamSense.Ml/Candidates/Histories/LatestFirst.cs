namespace StreamSense.Ml.Candidates.Histories;

/// <summary>A short list with the latest in front.</summary>
internal static class LatestFirst
{
    /// <summary>Inserts an entry; the earliest falls off a full list.</summary>
    /// <param name="sorted">The list.</param>
    /// <param name="count">How many entries it has.</param>
    /// <param name="entry">The entry.</param>
    /// <returns>How many entries it has now.</returns>
    public static int Insert(Span<HistoryEntry> sorted, int count, in HistoryEntry entry)
    {
        int place = count;
        while (place > 0 && IsBefore(entry, sorted[place - 1]))
        {
            if (place < sorted.Length)
            {
                sorted[place] = sorted[place - 1];
            }

            place--;
        }

        if (place == sorted.Length)
        {
            return count;
        }

        sorted[place] = entry;
        return Math.Min(count + 1, sorted.Length);
    }

    private static bool IsBefore(in HistoryEntry left, in HistoryEntry right) =>
        left.Time != right.Time ? left.Time > right.Time : left.Title.Value < right.Title.Value;
}
