namespace StreamSense.Ml.Candidates;

/// <summary>Keeps the first few of many in order, on memory of the caller's.</summary>
internal static class ShortList
{
    /// <summary>Inserts an entry where it belongs; the last one falls off a full list.</summary>
    /// <param name="sorted">The list.</param>
    /// <param name="count">How many entries it has.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="order">The order; an entry stays behind those that it equals.</param>
    /// <returns>How many entries it has now.</returns>
    public static int Insert<T, TOrder>(Span<T> sorted, int count, in T entry, TOrder order)
        where TOrder : struct, IComparer<T>
    {
        int place = count;
        while (place > 0 && order.Compare(entry, sorted[place - 1]) < 0)
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
}
