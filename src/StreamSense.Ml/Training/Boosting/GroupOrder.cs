namespace StreamSense.Ml.Training.Boosting;

/// <summary>The order of the rows of a group by their scores: the greatest first, equal ones as they stand.</summary>
internal static class GroupOrder
{
    /// <summary>Works it out.</summary>
    /// <param name="scores">The scores of the group's rows.</param>
    /// <param name="order">Room for the rows in order.</param>
    public static void Of(ReadOnlySpan<float> scores, Span<int> order)
    {
        Span<RankedRow> rows = scores.Length <= 256 ? stackalloc RankedRow[scores.Length] : new RankedRow[scores.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = new RankedRow(scores[row], row);
        }

        rows.Sort();
        for (int place = 0; place < rows.Length; place++)
        {
            order[place] = rows[place].Row;
        }
    }

    private readonly record struct RankedRow(float Score, int Row) : IComparable<RankedRow>
    {
        public int CompareTo(RankedRow other) => Score != other.Score ? other.Score.CompareTo(Score) : Row.CompareTo(other.Row);
    }
}
