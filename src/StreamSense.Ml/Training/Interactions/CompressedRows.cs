namespace StreamSense.Ml.Training.Interactions;

/// <summary>One direction of a sparse matrix: for each row its filled columns, ascending, with values and times.</summary>
/// <param name="Starts">Where each row begins, with the end of the last behind.</param>
/// <param name="Others">The columns.</param>
/// <param name="Values">Their values.</param>
/// <param name="Times">Their times in Unix microseconds.</param>
internal sealed record CompressedRows(int[] Starts, int[] Others, float[] Values, long[] Times)
{
    /// <summary>Sorts interactions into rows of users; of several of a pair the last in time stays, of equal times the last
    /// given.</summary>
    public static CompressedRows ByUser(int users, ReadOnlySpan<Interaction> cells)
    {
        var starts = new int[users + 1];
        foreach (ref readonly Interaction cell in cells)
        {
            starts[cell.User + 1]++;
        }

        Accumulate(starts);
        var order = new int[cells.Length];
        int[] next = starts[..users];
        for (int i = 0; i < cells.Length; i++)
        {
            order[next[cells[i].User]++] = i;
        }

        Interaction[] all = cells.ToArray();
        var keptStarts = new int[users + 1];
        int kept = 0;
        for (int user = 0; user < users; user++)
        {
            Span<int> row = order.AsSpan(starts[user]..starts[user + 1]);
            row.Sort((left, right) => Compare(all, left, right));
            for (int i = 0; i < row.Length; i++)
            {
                if (i + 1 == row.Length || all[row[i]].Item != all[row[i + 1]].Item)
                {
                    order[kept++] = row[i];
                }
            }

            keptStarts[user + 1] = kept;
        }

        var rows = new CompressedRows(keptStarts, new int[kept], new float[kept], new long[kept]);
        for (int i = 0; i < kept; i++)
        {
            ref readonly Interaction cell = ref all[order[i]];
            rows.Set(i, cell.Item, cell.Value, cell.Time.UnixMicroseconds);
        }

        return rows;
    }

    /// <summary>The part of one of the arrays that belongs to a row.</summary>
    public ReadOnlySpan<T> Of<T>(T[] array, int row) => array.AsSpan(Starts[row]..Starts[row + 1]);

    /// <summary>The other direction.</summary>
    /// <param name="columns">How many columns there are.</param>
    public CompressedRows Transpose(int columns)
    {
        var starts = new int[columns + 1];
        foreach (int column in Others)
        {
            starts[column + 1]++;
        }

        Accumulate(starts);
        var result = new CompressedRows(starts, new int[Others.Length], new float[Others.Length], new long[Others.Length]);
        int[] next = starts[..columns];
        for (int row = 0; row + 1 < Starts.Length; row++)
        {
            for (int i = Starts[row]; i < Starts[row + 1]; i++)
            {
                result.Set(next[Others[i]]++, row, Values[i], Times[i]);
            }
        }

        return result;
    }

    /// <summary>Leaves cells out.</summary>
    /// <param name="keeps">Whether a cell stays, by its number.</param>
    public CompressedRows Where(ReadOnlySpan<bool> keeps)
    {
        int count = keeps.Count(true);
        var result = new CompressedRows(new int[Starts.Length], new int[count], new float[count], new long[count]);
        int kept = 0;
        for (int row = 0; row + 1 < Starts.Length; row++)
        {
            for (int i = Starts[row]; i < Starts[row + 1]; i++)
            {
                if (keeps[i])
                {
                    result.Set(kept++, Others[i], Values[i], Times[i]);
                }
            }

            result.Starts[row + 1] = kept;
        }

        return result;
    }

    private static int Compare(Interaction[] cells, int left, int right)
    {
        int order = cells[left].Item.CompareTo(cells[right].Item);
        order = order != 0 ? order : cells[left].Time.CompareTo(cells[right].Time);
        return order != 0 ? order : left.CompareTo(right);
    }

    private static void Accumulate(int[] starts)
    {
        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }
    }

    private void Set(int index, int other, float value, long time)
    {
        Others[index] = other;
        Values[index] = value;
        Times[index] = time;
    }
}
