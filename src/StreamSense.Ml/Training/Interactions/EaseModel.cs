using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>Scores an item by the sum of a weight for each item of the history.</summary>
/// <remarks>
/// Immutable, and safe for many threads. Items without weights come after those with, by how often they were taken; somebody without a
/// history
/// gets all items in that order. Who the user is does not matter, only the history does.
/// </remarks>
public sealed class EaseModel : IInteractionModel
{
    private readonly int[] _itemOf;
    private readonly int[] _slotOf;
    private readonly float[] _weights;
    private readonly float[] _popularity;

    /// <summary>Makes a model.</summary>
    /// <param name="regularisation">The λ that it was fitted with.</param>
    /// <param name="weightedItems">The items that have weights, each once.</param>
    /// <param name="weights">
    /// For each of these items the weight that its presence in a history gives to each of them: n × n, row after row; copied.
    /// </param>
    /// <param name="popularity">For each item how often it was taken, as a share of the most taken one; copied.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, an item is not there or twice, or a number is not finite.</exception>
    public EaseModel(
        double regularisation, ReadOnlySpan<int> weightedItems, ReadOnlySpan<float> weights, ReadOnlySpan<float> popularity)
        : this(regularisation, weightedItems.ToArray(), weights.ToArray(), popularity.ToArray())
    {
        ModelParts.CheckFinite(weights, nameof(weights));
    }

    /// <summary>Makes a model of arrays that nobody else will change.</summary>
    internal EaseModel(double regularisation, int[] weightedItems, float[] weights, float[] popularity)
    {
        ModelParts.CheckLength(weights.Length, (long)weightedItems.Length * weightedItems.Length, nameof(weights));
        ModelParts.CheckFinite(popularity, nameof(popularity));
        Regularisation = regularisation;
        _itemOf = weightedItems;
        _weights = weights;
        _popularity = popularity;
        _slotOf = new int[popularity.Length];
        _slotOf.AsSpan().Fill(-1);
        for (int slot = 0; slot < weightedItems.Length; slot++)
        {
            if ((uint)weightedItems[slot] >= (uint)popularity.Length || _slotOf[weightedItems[slot]] >= 0)
            {
                throw new ArgumentException($"Item {weightedItems[slot]} is not there, or twice.", nameof(weightedItems));
            }

            _slotOf[weightedItems[slot]] = slot;
        }
    }

    /// <inheritdoc/>
    public string Name => "ease";

    /// <inheritdoc/>
    public int Items => _popularity.Length;

    /// <inheritdoc/>
    public int ScratchBytes => _itemOf.Length * sizeof(float);

    /// <summary>The λ that it was fitted with.</summary>
    public double Regularisation { get; }

    /// <summary>The items that have weights.</summary>
    public ReadOnlySpan<int> WeightedItems => _itemOf;

    /// <summary>For each of <see cref="WeightedItems"/> the weight that it gives to each of them: n × n, row after row.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>For each item how often it was taken, as a share of the most taken one.</summary>
    public ReadOnlySpan<float> Popularity => _popularity;

    /// <inheritdoc/>
    public void Score(int user, ReadOnlySpan<int> history, ReadOnlySpan<float> values, Span<float> scores, Span<byte> scratch)
    {
        Span<float> sums = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(scratch)[.._itemOf.Length];
        sums.Clear();
        bool hasHistory = false;
        foreach (int item in history)
        {
            if ((uint)item < (uint)_slotOf.Length && _slotOf[item] >= 0)
            {
                hasHistory = true;
                TensorPrimitives.Add(sums, WeightsOf(_slotOf[item]), sums);
            }
        }

        if (!hasHistory)
        {
            _popularity.CopyTo(scores);
            return;
        }

        // Shares are at most 1, so that what has no weights comes after the lowest of those that have.
        float below = TensorPrimitives.Min<float>(sums) - 2;
        TensorPrimitives.Add(_popularity, below, scores[..Items]);
        for (int slot = 0; slot < _itemOf.Length; slot++)
        {
            scores[_itemOf[slot]] = sums[slot];
        }
    }

    /// <summary>The nearest items of each, for candidates "because you watched".</summary>
    /// <param name="titles">The title of each item.</param>
    /// <param name="count">How many of each at most; only positive weights are taken.</param>
    /// <returns>The neighbours.</returns>
    /// <exception cref="ArgumentException">There is not one title for each item.</exception>
    public Candidates.ItemNeighbours ToNeighbours(ImmutableArray<Core.Events.TitleId> titles, int count)
    {
        ModelParts.CheckLength(titles.Length, Items, nameof(titles));
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var lists = new NeighbourLists(Items, count);
        var best = new BoundedBest(count);
        for (int item = 0; item < Items; item++)
        {
            best.Clear();
            if (_slotOf[item] >= 0)
            {
                ReadOnlySpan<float> row = WeightsOf(_slotOf[item]);
                for (int slot = 0; slot < row.Length; slot++)
                {
                    if (row[slot] > 0)
                    {
                        best.Offer(_itemOf[slot], row[slot]);
                    }
                }
            }

            lists.Set(item, best);
        }

        return lists.ToNeighbours(titles);
    }

    private ReadOnlySpan<float> WeightsOf(int slot) => _weights.AsSpan(slot * _itemOf.Length, _itemOf.Length);
}
