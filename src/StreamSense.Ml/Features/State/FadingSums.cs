namespace StreamSense.Ml.Features.State;

/// <summary>Fading sums of one half-life: a landmark, then a sum for each selector.</summary>
internal sealed class FadingSums(Fading fading) : StateCell
{
    private readonly List<int> _selectors = [];
    private int[] _all = [];

    /// <summary>How they fade.</summary>
    public Fading Fading => fading;

    /// <summary>Their place among the fading sums of the table.</summary>
    public int Place { get; set; }

    /// <inheritdoc/>
    public override int Words => 1 + _selectors.Count;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Selectors => _all;

    /// <summary>The place of a selector's sum among the words; added if it is new.</summary>
    public int PlaceOf(int selector)
    {
        if (!_selectors.Contains(selector))
        {
            _selectors.Add(selector);
            _all = [.. _selectors];
        }

        return 1 + _selectors.IndexOf(selector);
    }

    /// <inheritdoc/>
    public override void Update(Span<long> cell, in Occurrence occurrence, ReadOnlySpan<double> weights)
    {
        double factor = 0;
        for (int i = 0; i < _all.Length; i++)
        {
            double weight = weights[_all[i]];
            if (double.IsNaN(weight))
            {
                continue;
            }

            if (factor == 0)
            {
                fading.Advance(ref cell[0], cell[1..], occurrence.Time);
                factor = fading.FactorAt(occurrence.Time, cell[0]);
            }

            Fading.Add(ref cell[i + 1], (occurrence.Retracts ? -weight : weight) * factor);
        }
    }

    /// <inheritdoc/>
    public override void Merge(Span<long> cell, ReadOnlySpan<long> other) => MergeSums(fading, cell, other);

    /// <summary>Adds the sums of another row: a landmark and what stands relative to it.</summary>
    public static void MergeSums(Fading fading, Span<long> cell, ReadOnlySpan<long> other)
    {
        fading.Advance(ref cell[0], cell[1..], new Core.Events.EventTime(other[0] * fading.Microseconds));
        int halvings = (int)Math.Min(cell[0] - other[0], 2200);
        for (int i = 1; i < cell.Length; i++)
        {
            Fading.Add(ref cell[i], Math.ScaleB(BitConverter.Int64BitsToDouble(other[i]), -halvings));
        }
    }
}
