namespace StreamSense.Ml.Features.State;

/// <summary>A sum over all time, in whole millionths.</summary>
internal sealed class TotalCell(int selector) : StateCell
{
    private readonly int[] _selectors = [selector];

    /// <inheritdoc/>
    public override int Words => 1;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Selectors => _selectors;

    /// <inheritdoc/>
    public override void Update(Span<long> cell, in Occurrence occurrence, ReadOnlySpan<double> weights)
    {
        double weight = weights[selector];
        if (!double.IsNaN(weight))
        {
            cell[0] += MillionthsOf(weight, occurrence.Retracts);
        }
    }

    /// <inheritdoc/>
    public override void Merge(Span<long> cell, ReadOnlySpan<long> other) => cell[0] += other[0];
}
