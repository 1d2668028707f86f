using System.Collections.Immutable;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Candidates.Factors;

/// <summary>Finds the items with the greatest dot products exactly, by computing them all.</summary>
/// <remarks>
/// A copy of the factors in panels of 64 items, 4 bytes a number. A dot product is the sum over the dimensions in order, each step one
/// fused multiply-add: the same bits on every processor.
/// </remarks>
public sealed class FactorIndex : IFactorIndex
{
    private readonly float[] _panels;
    private readonly int _width;

    /// <summary>Makes an index.</summary>
    /// <param name="factors">The items.</param>
    public FactorIndex(ItemFactors factors)
        : this(factors, FactorPanel.Width)
    {
    }

    internal FactorIndex(ItemFactors factors, int width)
    {
        ArgumentNullException.ThrowIfNull(factors);
        _width = width;
        Titles = factors.Titles;
        Dimensions = factors.Dimensions;
        int panels = (Titles.Length + FactorPanel.Items - 1) / FactorPanel.Items;
        _panels = new float[panels * FactorPanel.Items * Dimensions];
        for (int item = 0; item < Titles.Length; item++)
        {
            int start = (item / FactorPanel.Items * FactorPanel.Items * Dimensions) + (item % FactorPanel.Items);
            for (int dimension = 0; dimension < Dimensions; dimension++)
            {
                _panels[start + (dimension * FactorPanel.Items)] = factors.Values[(item * Dimensions) + dimension];
            }
        }
    }

    /// <inheritdoc/>
    public ImmutableArray<TitleId> Titles { get; }

    /// <inheritdoc/>
    public int Dimensions { get; }

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

        var top = new TopItems(stackalloc ulong[TopItems.RoomFor(wanted)], wanted);
        Span<float> scores = stackalloc float[FactorPanel.Items];
        int panelLength = FactorPanel.Items * Dimensions;
        for (int first = 0, start = 0; first < Titles.Length; first += FactorPanel.Items, start += panelLength)
        {
            FactorPanel.Score(_panels.AsSpan(start, panelLength), vector, scores, _width);
            top.Add(scores, first, Math.Min(FactorPanel.Items, Titles.Length - first));
        }

        return top.Finish(destination);
    }
}
