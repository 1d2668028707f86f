namespace StreamSense.Ml.Features.State;

/// <summary>The different titles taken last: their ids, then their times; 0 for a free place.</summary>
/// <remarks>The title taken longest ago (the first of equals) makes room.</remarks>
internal sealed class RecentCell(int selector, int last) : StateCell
{
    private readonly int[] _selectors = [selector];

    /// <summary>How many titles there is room for.</summary>
    public int Last => last;

    /// <inheritdoc/>
    public override int Words => 2 * last;

    /// <inheritdoc/>
    public override bool IsHot => false;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Selectors => _selectors;

    /// <inheritdoc/>
    public override void Update(Span<long> cell, in Occurrence occurrence, ReadOnlySpan<double> weights)
    {
        if (!occurrence.Retracts && !double.IsNaN(weights[selector]) && !occurrence.Title.IsNone)
        {
            Take(cell, (long)occurrence.Title.Value, occurrence.Time.UnixMicroseconds);
        }
    }

    /// <inheritdoc/>
    public override void Merge(Span<long> cell, ReadOnlySpan<long> other)
    {
        for (int i = 0; i < last && other[i] != 0; i++)
        {
            Take(cell, other[i], other[last + i]);
        }
    }

    private void Take(Span<long> cell, long title, long time)
    {
        int oldest = 0;
        for (int i = 0; i < last; i++)
        {
            if (cell[i] == title)
            {
                cell[last + i] = Math.Max(cell[last + i], time);
                return;
            }

            if (cell[i] == 0)
            {
                oldest = i;
                break;
            }

            oldest = cell[last + i] < cell[last + oldest] ? i : oldest;
        }

        if (cell[last + oldest] <= time)
        {
            cell[oldest] = title;
            cell[last + oldest] = time;
        }
    }
}
