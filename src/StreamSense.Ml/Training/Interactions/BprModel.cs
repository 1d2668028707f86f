using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>Scores an item by the dot product of its vector and the user's, and what the item has of its own.</summary>
/// <remarks>
/// Immutable, and safe for many threads. Somebody who was not in the training data gets a vector that points where the sum of the vectors
/// of the history does, of the length that users' vectors have: less than training would give, and better than nothing. Without a
/// history, items by how often they were taken.
/// </remarks>
public sealed class BprModel : IInteractionModel
{
    private readonly float[] _userVectors;
    private readonly float[] _itemVectors;
    private readonly float[] _itemBiases;
    private readonly float[] _popularity;
    private readonly float _foldInScale;

    /// <summary>Makes a model.</summary>
    /// <param name="dimensions">How many numbers a vector has.</param>
    /// <param name="userVectors">A vector for each user, one behind the other; copied.</param>
    /// <param name="itemVectors">A vector for each item, one behind the other; copied.</param>
    /// <param name="itemBiases">What each item has of its own; copied.</param>
    /// <param name="popularity">For each item how often it was taken, as a share of the most taken one; copied.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a number is not finite.</exception>
    public BprModel(
        int dimensions,
        ReadOnlySpan<float> userVectors,
        ReadOnlySpan<float> itemVectors,
        ReadOnlySpan<float> itemBiases,
        ReadOnlySpan<float> popularity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ModelParts.CheckLength(userVectors.Length % dimensions, 0, nameof(userVectors));
        ModelParts.CheckLength(itemVectors.Length, (long)itemBiases.Length * dimensions, nameof(itemVectors));
        ModelParts.CheckLength(popularity.Length, itemBiases.Length, nameof(popularity));
        ModelParts.CheckFinite(userVectors, nameof(userVectors));
        ModelParts.CheckFinite(itemVectors, nameof(itemVectors));
        ModelParts.CheckFinite(itemBiases, nameof(itemBiases));
        ModelParts.CheckFinite(popularity, nameof(popularity));
        Dimensions = dimensions;
        _userVectors = userVectors.ToArray();
        _itemVectors = itemVectors.ToArray();
        _itemBiases = itemBiases.ToArray();
        _popularity = popularity.ToArray();
        _foldInScale = ScaleOf(_userVectors, _itemVectors);
    }

    /// <inheritdoc/>
    public string Name => "bpr";

    /// <inheritdoc/>
    public int Items => _itemBiases.Length;

    /// <summary>How many users have a vector.</summary>
    public int Users => _userVectors.Length / Dimensions;

    /// <summary>How many numbers a vector has.</summary>
    public int Dimensions { get; }

    /// <inheritdoc/>
    public int ScratchBytes => Dimensions * sizeof(float);

    /// <summary>A vector for each user, one behind the other.</summary>
    public ReadOnlySpan<float> UserVectors => _userVectors;

    /// <summary>A vector for each item, one behind the other.</summary>
    public ReadOnlySpan<float> ItemVectors => _itemVectors;

    /// <summary>What each item has of its own.</summary>
    public ReadOnlySpan<float> ItemBiases => _itemBiases;

    /// <summary>For each item how often it was taken, as a share of the most taken one.</summary>
    public ReadOnlySpan<float> Popularity => _popularity;

    /// <inheritdoc/>
    public void Score(int user, ReadOnlySpan<int> history, ReadOnlySpan<float> values, Span<float> scores, Span<byte> scratch)
    {
        if (history.IsEmpty)
        {
            _popularity.CopyTo(scores);
            return;
        }

        ReadOnlySpan<float> vector;
        if ((uint)user < (uint)Users)
        {
            vector = _userVectors.AsSpan(user * Dimensions, Dimensions);
        }
        else
        {
            Span<float> folded = MemoryMarshal.Cast<byte, float>(scratch)[..Dimensions];
            FoldIn(history, folded);
            vector = folded;
        }

        for (int item = 0; item < Items; item++)
        {
            scores[item] = _itemBiases[item]
                + TensorPrimitives.Dot(vector, _itemVectors.AsSpan(item * Dimensions, Dimensions));
        }
    }

    /// <summary>The items' vectors with the bias as a last number, for candidates by dot product with a user's vector and a 1.</summary>
    /// <param name="titles">The title of each item.</param>
    /// <returns>The vectors, of one dimension more.</returns>
    /// <exception cref="ArgumentException">There is not one title for each item.</exception>
    public ItemFactors ToFactors(ImmutableArray<TitleId> titles)
    {
        ModelParts.CheckLength(titles.Length, Items, nameof(titles));
        var values = new float[Items * (Dimensions + 1)];
        for (int item = 0; item < Items; item++)
        {
            _itemVectors.AsSpan(item * Dimensions, Dimensions).CopyTo(values.AsSpan(item * (Dimensions + 1)));
            values[(item * (Dimensions + 1)) + Dimensions] = _itemBiases[item];
        }

        return new ItemFactors(titles, Dimensions + 1, values);
    }

    // A user's vector points where the vectors of the history do, but its length is not theirs: it gets the mean length of all users.
    private static float ScaleOf(float[] userVectors, float[] itemVectors) =>
        itemVectors.Length == 0 || userVectors.Length == 0 ? 0 : TensorPrimitives.Norm<float>(userVectors);

    private void FoldIn(ReadOnlySpan<int> history, Span<float> vector)
    {
        vector.Clear();
        foreach (int item in history)
        {
            if ((uint)item < (uint)Items)
            {
                TensorPrimitives.Add(vector, _itemVectors.AsSpan(item * Dimensions, Dimensions), vector);
            }
        }

        float length = TensorPrimitives.Norm<float>(vector);
        if (length > 0)
        {
            float wanted = _foldInScale / MathF.Sqrt(Math.Max(1, Users));
            TensorPrimitives.Multiply(vector, wanted / length, vector);
        }
    }
}
