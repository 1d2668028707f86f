using System.Collections.Immutable;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Candidates;

/// <summary>For each title the titles that go with it, the nearest first: what item-kNN and EASE fit.</summary>
/// <remarks>Immutable, and safe for many threads.</remarks>
public sealed class ItemNeighbours
{
    /// <summary>Makes a list.</summary>
    /// <param name="titles">The titles.</param>
    /// <param name="starts">Where the neighbours of each title begin, and behind them the end of the last.</param>
    /// <param name="neighbours">The neighbours as indices into <paramref name="titles"/>.</param>
    /// <param name="weights">How near each is; of a title descending.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, an index is not there, or a weight is not finite.</exception>
    public ItemNeighbours(
        ImmutableArray<TitleId> titles, ImmutableArray<int> starts, ImmutableArray<int> neighbours, ImmutableArray<float> weights)
    {
        bool fits = starts.Length == titles.Length + 1 && starts[0] == 0 && starts[^1] == neighbours.Length
            && neighbours.Length == weights.Length;
        for (int i = 0; fits && i < titles.Length; i++)
        {
            fits = starts[i] <= starts[i + 1];
        }

        for (int i = 0; fits && i < neighbours.Length; i++)
        {
            fits = (uint)neighbours[i] < (uint)titles.Length && float.IsFinite(weights[i]);
        }

        if (!fits)
        {
            throw new ArgumentException($"The neighbours of {titles.Length} titles do not fit their starts, or are not titles.");
        }

        Titles = titles;
        Starts = starts;
        Neighbours = neighbours;
        Weights = weights;
    }

    /// <summary>The titles.</summary>
    public ImmutableArray<TitleId> Titles { get; }

    /// <summary>Where the neighbours of each title begin, with the end of the last behind.</summary>
    public ImmutableArray<int> Starts { get; }

    /// <summary>The neighbours as indices into <see cref="Titles"/>.</summary>
    public ImmutableArray<int> Neighbours { get; }

    /// <summary>How near each is; of a title descending.</summary>
    public ImmutableArray<float> Weights { get; }
}
