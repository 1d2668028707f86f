namespace StreamSense.Ml.Features.State;

/// <summary>When a signal came first or last, in Unix microseconds; 0 for never.</summary>
internal sealed class TimeCell(int selector, bool first) : StateCell
{
    private readonly int[] _selectors = [selector];

    /// <inheritdoc/>
    public override int Words => 1;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Selectors => _selectors;

    /// <inheritdoc/>
    public override void Update(Span<long> cell, in Occurrence occurrence, ReadOnlySpan<double> weights)
    {
        if (!occurrence.Retracts && !double.IsNaN(weights[selector]))
        {
            Take(ref cell[0], occurrence.Time.UnixMicroseconds);
        }
    }

    /// <inheritdoc/>
    public override void Merge(Span<long> cell, ReadOnlySpan<long> other)
    {
        if (other[0] != 0)
        {
            Take(ref cell[0], other[0]);
        }
    }

    private void Take(ref long known, long time) =>
        known = known == 0 ? time : first ? Math.Min(known, time) : Math.Max(known, time);
}
