using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>Scores an item by how near those of its neighbours are that stand in the history.</summary>
/// <remarks>
/// Immutable, and safe for many threads. Who the user is does not matter. Items of which no neighbour is in the history come last, most
/// taken
/// first.
/// </remarks>
public sealed class ItemKnnModel : IInteractionModel
{
    // Far less than any similarity that counts, and enough to order what has none.
    private const float PopularityWeight = 1e-6f;

    private readonly int[] _starts;
    private readonly int[] _neighbours;
    private readonly float[] _weights;
    private readonly float[] _popularity;

    // The same from the other side: for an item of the history, whose neighbour it is.
    private readonly int[] _reverseStarts;
    private readonly int[] _reverseItems;
    private readonly float[] _reverseWeights;

    /// <summary>Makes a model.</summary>
    /// <param name="starts">Where the neighbours of each item begin, with the end of the last behind.</param>
    /// <param name="neighbours">The neighbours; copied.</param>
    /// <param name="weights">How near each is; of an item descending; copied.</param>
    /// <param name="popularity">For each item how often it was taken, as a share of the most taken one; copied.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, an item is not there, or a number is not finite.</exception>
    public ItemKnnModel(
        ReadOnlySpan<int> starts, ReadOnlySpan<int> neighbours, ReadOnlySpan<float> weights, ReadOnlySpan<float> popularity)
    {
        int items = popularity.Length;
        ModelParts.CheckLength(starts.Length, items + 1, nameof(starts));
        ModelParts.CheckLength(neighbours.Length, starts[^1], nameof(neighbours));
        ModelParts.CheckLength(weights.Length, starts[^1], nameof(weights));
        ModelParts.CheckFinite(weights, nameof(weights));
        ModelParts.CheckFinite(popularity, nameof(popularity));
        for (int i = 0; i < items; i++)
        {
            if (starts[i] > starts[i + 1] || starts[0] != 0)
            {
                throw new ArgumentException("The neighbours of an item end before they begin.", nameof(starts));
            }
        }

        _starts = starts.ToArray();
        _neighbours = neighbours.ToArray();
        _weights = weights.ToArray();
        _popularity = popularity.ToArray();
        _reverseStarts = new int[items + 1];
        _reverseItems = new int[neighbours.Length];
        _reverseWeights = new float[neighbours.Length];
        Reverse();
    }

    /// <inheritdoc/>
    public string Name => "item-knn";

    /// <inheritdoc/>
    public int Items => _popularity.Length;

    /// <inheritdoc/>
    public int ScratchBytes => 0;

    /// <summary>Where the neighbours of each item begin, with the end of the last behind.</summary>
    public ReadOnlySpan<int> Starts => _starts;

    /// <summary>The neighbours.</summary>
    public ReadOnlySpan<int> Neighbours => _neighbours;

    /// <summary>How near each is; of an item descending.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>For each item how often it was taken, as a share of the most taken one.</summary>
    public ReadOnlySpan<float> Popularity => _popularity;

    /// <inheritdoc/>
    public void Score(int user, ReadOnlySpan<int> history, ReadOnlySpan<float> values, Span<float> scores, Span<byte> scratch)
    {
        for (int item = 0; item < _popularity.Length; item++)
        {
            scores[item] = _popularity[item] * PopularityWeight;
        }

        foreach (int taken in history)
        {
            if ((uint)taken < (uint)_popularity.Length)
            {
                for (int i = _reverseStarts[taken]; i < _reverseStarts[taken + 1]; i++)
                {
                    scores[_reverseItems[i]] += _reverseWeights[i];
                }
            }
        }
    }

    /// <summary>The neighbours as candidates "because you watched".</summary>
    /// <param name="titles">The title of each item.</param>
    /// <returns>The neighbours.</returns>
    /// <exception cref="ArgumentException">There is not one title for each item.</exception>
    public ItemNeighbours ToNeighbours(ImmutableArray<TitleId> titles)
    {
        ModelParts.CheckLength(titles.Length, Items, nameof(titles));
        return new ItemNeighbours(titles, [.. _starts], [.. _neighbours], [.. _weights]);
    }

    private void Reverse()
    {
        foreach (int neighbour in _neighbours)
        {
            if ((uint)neighbour >= (uint)Items)
            {
                throw new ArgumentException($"Item {neighbour} is not one of {Items}.", "neighbours");
            }

            _reverseStarts[neighbour + 1]++;
        }

        for (int item = 0; item < Items; item++)
        {
            _reverseStarts[item + 1] += _reverseStarts[item];
        }

        int[] next = _reverseStarts[..Items];
        for (int item = 0; item < Items; item++)
        {
            for (int i = _starts[item]; i < _starts[item + 1]; i++)
            {
                int place = next[_neighbours[i]]++;
                _reverseItems[place] = item;
                _reverseWeights[place] = _weights[i];
            }
        }
    }
}
