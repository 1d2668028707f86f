using StreamSense.Core.Events;

namespace StreamSense.Ml.Features.State;

/// <summary>Fading weights of a bounded number of keys: a landmark, the sum of all weights by size, the weights, the keys.</summary>
/// <remarks>The key of least weight (by size, the first of equals) makes room; the sum keeps what it weighed. The keys are attributes of
/// the
/// title, among which a weight is divided, or values of a dimension.</remarks>
internal sealed class FadingMap(
    int selector, Fading fading, int slots, FeatureAttribute? attribute, FeatureDimension dimension, DimensionKeys keys) : StateCell
{
    private const int Landmark = 0;
    private const int Everything = 1;
    private const int FirstWeight = 2;

    private readonly int[] _selectors = [selector];

    /// <summary>How the weights fade.</summary>
    public Fading Fading => fading;

    /// <summary>How many keys there is room for.</summary>
    public int Slots => slots;

    /// <inheritdoc/>
    public override int Words => FirstWeight + (2 * slots);

    /// <inheritdoc/>
    public override bool IsHot => false;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Selectors => _selectors;

    /// <summary>The sum of all weights by size, relative to the landmark.</summary>
    public static double EverythingOf(ReadOnlySpan<long> cell) => BitConverter.Int64BitsToDouble(cell[Everything]);

    /// <summary>The weight of a slot, relative to the landmark.</summary>
    public static double WeightOf(ReadOnlySpan<long> cell, int slot) => BitConverter.Int64BitsToDouble(cell[FirstWeight + slot]);

    /// <summary>The key of a slot; 0 if it is free.</summary>
    public ulong KeyOf(ReadOnlySpan<long> cell, int slot) => (ulong)cell[FirstWeight + slots + slot];

    /// <inheritdoc/>
    public override void Update(Span<long> cell, in Occurrence occurrence, ReadOnlySpan<double> weights)
    {
        double weight = weights[selector];
        if (double.IsNaN(weight))
        {
            return;
        }

        Span<uint> values = stackalloc uint[TitleAttributes.Most];
        ulong key = attribute is null ? keys.KeyOf(occurrence, dimension) : 0;
        int count = attribute is { } wanted ? TitleAttributes.Read(occurrence.Info, wanted, values) : key == 0 ? 0 : 1;
        if (count == 0)
        {
            return;
        }

        fading.Advance(ref cell[Landmark], cell.Slice(Everything, 1 + slots), occurrence.Time);
        double amount = (occurrence.Retracts ? -weight : weight) * fading.FactorAt(occurrence.Time, cell[Landmark]);
        Fading.Add(ref cell[Everything], occurrence.Retracts ? -Math.Abs(amount) : Math.Abs(amount));
        for (int i = 0; i < count; i++)
        {
            Add(cell, attribute is null ? key : values[i], amount / count);
        }
    }

    /// <inheritdoc/>
    public override void Merge(Span<long> cell, ReadOnlySpan<long> other)
    {
        fading.Advance(ref cell[Landmark], cell.Slice(Everything, 1 + slots), new EventTime(other[Landmark] * fading.Microseconds));
        int halvings = (int)Math.Min(cell[Landmark] - other[Landmark], 2200);
        Fading.Add(ref cell[Everything], Math.ScaleB(EverythingOf(other), -halvings));
        for (int slot = 0; slot < slots; slot++)
        {
            if (KeyOf(other, slot) != 0)
            {
                Add(cell, KeyOf(other, slot), Math.ScaleB(WeightOf(other, slot), -halvings));
            }
        }
    }

    private void Add(Span<long> cell, ulong key, double amount)
    {
        int least = 0;
        for (int slot = 0; slot < slots; slot++)
        {
            ulong held = KeyOf(cell, slot);
            if (held == key)
            {
                Fading.Add(ref cell[FirstWeight + slot], amount);
                return;
            }

            if (held == 0)
            {
                least = slot;
                break;
            }

            least = Math.Abs(WeightOf(cell, slot)) < Math.Abs(WeightOf(cell, least)) ? slot : least;
        }

        cell[FirstWeight + least] = BitConverter.DoubleToInt64Bits(amount);
        cell[FirstWeight + slots + least] = (long)key;
    }
}
