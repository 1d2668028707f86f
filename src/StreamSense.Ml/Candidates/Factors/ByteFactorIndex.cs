using System.Collections.Immutable;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Candidates.Factors;

/// <summary>Finds the items with the greatest dot products nearly, from factors kept in 8 bits: a quarter of the memory.</summary>
/// <remarks>
/// Each item has a scale of its own, its largest number by 127; the vector of who asks is rounded to 16 bits. The dot products of
/// what was rounded are exact, and the same on every processor. What rounding costs: of the exact 100 best of 10,000 items of 64 normally
/// distributed numbers, 96 are found on the average at least (a test). A panel of 64 items takes 64 bytes a dimension.
/// </remarks>
public sealed class ByteFactorIndex : IFactorIndex
{
    private const int LargestByte = 127;

    private readonly sbyte[] _panels;
    private readonly float[] _scales;
    private readonly int _width;
    private readonly int _largestOfVector;

    /// <summary>Makes an index.</summary>
    /// <param name="factors">The items.</param>
    public ByteFactorIndex(ItemFactors factors)
        : this(factors, BytePanel.Width)
    {
    }

    internal ByteFactorIndex(ItemFactors factors, int width)
    {
        ArgumentNullException.ThrowIfNull(factors);
        _width = width;
        Titles = factors.Titles;
        Dimensions = factors.Dimensions;

        // So that a sum of all dimensions stays within 32 bits.
        _largestOfVector = Math.Min(short.MaxValue, int.MaxValue / LargestByte / (Dimensions + 1));
        int panels = (Titles.Length + FactorPanel.Items - 1) / FactorPanel.Items;
        _scales = new float[panels * FactorPanel.Items];
        _panels = new sbyte[panels * PanelLength];
        for (int item = 0; item < Titles.Length; item++)
        {
            Pack(factors.Values.AsSpan(item * Dimensions, Dimensions), item);
        }
    }

    /// <inheritdoc/>
    public ImmutableArray<TitleId> Titles { get; }

    /// <inheritdoc/>
    public int Dimensions { get; }

    private int Pairs => (Dimensions + 1) / 2;

    private int PanelLength => 2 * FactorPanel.Items * Pairs;

    /// <inheritdoc/>
    public int Top(ReadOnlySpan<float> vector, Span<ScoredItem> destination)
    {
        if (vector.Length != Dimensions)
        {
            throw new ArgumentException($"The items have {Dimensions} dimensions, the vector {vector.Length}.", nameof(vector));
        }

        int wanted = Math.Min(Math.Min(destination.Length, Titles.Length), IFactorIndex.MaxTop);
        if (wanted == 0)
        {
            return 0;
        }

        Span<int> pairs = Pairs <= 512 ? stackalloc int[Pairs] : new int[Pairs];
        float scale = Round(vector, pairs);
        var top = new TopItems(stackalloc ulong[TopItems.RoomFor(wanted)], wanted);
        Span<int> sums = stackalloc int[FactorPanel.Items];
        Span<float> scores = stackalloc float[FactorPanel.Items];
        for (int first = 0, start = 0; first < Titles.Length; first += FactorPanel.Items, start += PanelLength)
        {
            BytePanel.Sum(_panels.AsSpan(start, PanelLength), pairs, sums, _width);
            ReadOnlySpan<float> scales = _scales.AsSpan(first, FactorPanel.Items);
            for (int i = 0; i < FactorPanel.Items; i++)
            {
                scores[i] = sums[i] * (scales[i] * scale);
            }

            top.Add(scores, first, Math.Min(FactorPanel.Items, Titles.Length - first));
        }

        return top.Finish(destination);
    }

    private static float LargestOf(ReadOnlySpan<float> values)
    {
        float largest = 0;
        foreach (float value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }

    private float Round(ReadOnlySpan<float> vector, Span<int> pairs)
    {
        float largest = LargestOf(vector);
        pairs.Clear();
        if (!(largest > 0) || !float.IsFinite(largest))
        {
            return 0;
        }

        double factor = _largestOfVector / (double)largest;
        for (int dimension = 0; dimension < vector.Length; dimension++)
        {
            int rounded = (int)Math.Round(vector[dimension] * factor);
            pairs[dimension / 2] |= (dimension & 1) == 0 ? rounded & 0xffff : rounded << 16;
        }

        return (float)(1 / factor);
    }

    private void Pack(ReadOnlySpan<float> values, int item)
    {
        float largest = LargestOf(values);
        if (largest == 0)
        {
            return;
        }

        _scales[item] = largest / LargestByte;
        double factor = LargestByte / (double)largest;
        int start = (item / FactorPanel.Items * PanelLength) + (2 * (item % FactorPanel.Items));
        for (int dimension = 0; dimension < values.Length; dimension++)
        {
            int place = start + (dimension / 2 * 2 * FactorPanel.Items) + (dimension & 1);
            _panels[place] = (sbyte)Math.Round(values[dimension] * factor);
        }
    }
}
