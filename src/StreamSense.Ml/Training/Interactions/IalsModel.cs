using System.Collections.Immutable;
using System.Runtime.InteropServices;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Factors;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>Scores an item by the dot product of its vector and the user's.</summary>
/// <remarks>
/// Immutable, and safe for many threads. A user of the training data has a vector; that of anybody else is solved for from the history
/// (d³/3
/// and d² for each item of it), with the same result as training it last. Somebody without either gets items by how often they were taken.
/// </remarks>
public sealed class IalsModel : IInteractionModel
{
    private readonly float[] _userVectors;
    private readonly float[] _itemVectors;
    private readonly float[] _popularity;
    private readonly double[] _gram;

    /// <summary>Makes a model.</summary>
    /// <param name="shape">What it was fitted with.</param>
    /// <param name="userVectors">A vector for each user, one behind the other; copied.</param>
    /// <param name="itemVectors">A vector for each item, one behind the other; copied.</param>
    /// <param name="popularity">For each item how often it was taken, as a share of the most taken one; copied.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a number is not finite.</exception>
    public IalsModel(
        IalsShape shape, ReadOnlySpan<float> userVectors, ReadOnlySpan<float> itemVectors, ReadOnlySpan<float> popularity)
    {
        shape.Check();
        ModelParts.CheckLength(itemVectors.Length, (long)popularity.Length * shape.Dimensions, nameof(itemVectors));
        ModelParts.CheckLength(userVectors.Length % shape.Dimensions, 0, nameof(userVectors));
        ModelParts.CheckFinite(userVectors, nameof(userVectors));
        ModelParts.CheckFinite(itemVectors, nameof(itemVectors));
        ModelParts.CheckFinite(popularity, nameof(popularity));
        Shape = shape;
        _userVectors = userVectors.ToArray();
        _itemVectors = itemVectors.ToArray();
        _popularity = popularity.ToArray();
        _gram = IalsSystem.Gram(_itemVectors, shape.Dimensions, shape.UnobservedWeight);
    }

    /// <inheritdoc/>
    public string Name => "ials";

    /// <inheritdoc/>
    public int Items => _popularity.Length;

    /// <summary>How many users have a vector.</summary>
    public int Users => _userVectors.Length / Shape.Dimensions;

    /// <inheritdoc/>
    public int ScratchBytes =>
        (Shape.Dimensions * sizeof(float)) + ((IalsSystem.MemoryLength(Shape.Dimensions) + 1) * sizeof(double));

    /// <summary>What it was fitted with.</summary>
    public IalsShape Shape { get; }

    /// <summary>A vector for each user, one behind the other.</summary>
    public ReadOnlySpan<float> UserVectors => _userVectors;

    /// <summary>A vector for each item, one behind the other.</summary>
    public ReadOnlySpan<float> ItemVectors => _itemVectors;

    /// <summary>For each item how often it was taken, as a share of the most taken one.</summary>
    public ReadOnlySpan<float> Popularity => _popularity;

    /// <inheritdoc/>
    public void Score(int user, ReadOnlySpan<int> history, ReadOnlySpan<float> values, Span<float> scores, Span<byte> scratch)
    {
        if ((uint)user < (uint)Users)
        {
            Multiply(_userVectors.AsSpan(user * Shape.Dimensions, Shape.Dimensions), scores);
            return;
        }

        Span<float> vector = MemoryMarshal.Cast<byte, float>(scratch)[..Shape.Dimensions];
        FoldIn(history, vector, scratch[(Shape.Dimensions * sizeof(float))..]);
        Multiply(vector, scores);
    }

    /// <summary>Solves for the vector of somebody who has some items.</summary>
    /// <param name="history">The items; such as the model does not know are left out.</param>
    /// <param name="vector">Room for the vector.</param>
    /// <param name="scratch">At least <see cref="ScratchBytes"/> bytes.</param>
    public void FoldIn(ReadOnlySpan<int> history, Span<float> vector, Span<byte> scratch)
    {
        var system = new IalsSystem(Shape.Dimensions, MemoryMarshal.Cast<byte, double>(scratch));
        system.Solve(_gram, _itemVectors, history, Shape.Ridge(history.Length, Items), vector);
    }

    /// <summary>The items' vectors, for candidates by dot product.</summary>
    /// <param name="titles">The title of each item.</param>
    /// <returns>The vectors.</returns>
    /// <exception cref="ArgumentException">There is not one title for each item.</exception>
    public ItemFactors ToFactors(ImmutableArray<TitleId> titles)
    {
        ModelParts.CheckLength(titles.Length, Items, nameof(titles));
        return new ItemFactors(titles, Shape.Dimensions, _itemVectors);
    }

    private void Multiply(ReadOnlySpan<float> vector, Span<float> scores)
    {
        if (vector.IndexOfAnyExcept(0f) < 0)
        {
            _popularity.CopyTo(scores);
            return;
        }

        for (int item = 0; item < Items; item++)
        {
            scores[item] = FactorProduct.Dot(vector, _itemVectors.AsSpan(item * vector.Length, vector.Length));
        }
    }
}
