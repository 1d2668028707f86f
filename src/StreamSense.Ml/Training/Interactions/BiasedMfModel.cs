using StreamSense.Ml.Candidates.Factors;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>Predicts a rating from the mean, what the user and the item are above it, and the dot product of their vectors.</summary>
/// <remarks>
/// Immutable, and safe for many threads. As an order of items it is poor by nature: it says how much somebody would like what they chose to
/// watch, not what they would choose. Somebody unknown gets the mean and what the item is above it.
/// </remarks>
public sealed class BiasedMfModel : IInteractionModel
{
    private readonly float[] _userBiases;
    private readonly float[] _itemBiases;
    private readonly float[] _userVectors;
    private readonly float[] _itemVectors;

    /// <summary>Makes a model.</summary>
    /// <param name="range">The mean of the ratings and the range that predictions are kept in.</param>
    /// <param name="dimensions">How many numbers a vector has; may be 0.</param>
    /// <param name="userBiases">What each user is above the mean; copied.</param>
    /// <param name="itemBiases">What each item is above the mean; copied.</param>
    /// <param name="userVectors">A vector for each user, one behind the other; copied.</param>
    /// <param name="itemVectors">A vector for each item, one behind the other; copied.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a number is not finite.</exception>
    public BiasedMfModel(
        RatingRange range,
        int dimensions,
        ReadOnlySpan<float> userBiases,
        ReadOnlySpan<float> itemBiases,
        ReadOnlySpan<float> userVectors,
        ReadOnlySpan<float> itemVectors)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(dimensions);
        ModelParts.CheckLength(userVectors.Length, (long)userBiases.Length * dimensions, nameof(userVectors));
        ModelParts.CheckLength(itemVectors.Length, (long)itemBiases.Length * dimensions, nameof(itemVectors));
        ModelParts.CheckFinite([range.Mean, range.Lowest, range.Highest], nameof(range));
        ModelParts.CheckFinite(userBiases, nameof(userBiases));
        ModelParts.CheckFinite(itemBiases, nameof(itemBiases));
        ModelParts.CheckFinite(userVectors, nameof(userVectors));
        ModelParts.CheckFinite(itemVectors, nameof(itemVectors));
        Range = range;
        Dimensions = dimensions;
        _userBiases = userBiases.ToArray();
        _itemBiases = itemBiases.ToArray();
        _userVectors = userVectors.ToArray();
        _itemVectors = itemVectors.ToArray();
    }

    /// <inheritdoc/>
    public string Name => "mf";

    /// <inheritdoc/>
    public int Items => _itemBiases.Length;

    /// <summary>How many users there are.</summary>
    public int Users => _userBiases.Length;

    /// <summary>How many numbers a vector has.</summary>
    public int Dimensions { get; }

    /// <inheritdoc/>
    public int ScratchBytes => 0;

    /// <summary>The mean of the ratings and the range that predictions are kept in.</summary>
    public RatingRange Range { get; }

    /// <summary>What each user is above the mean.</summary>
    public ReadOnlySpan<float> UserBiases => _userBiases;

    /// <summary>What each item is above the mean.</summary>
    public ReadOnlySpan<float> ItemBiases => _itemBiases;

    /// <summary>A vector for each user, one behind the other.</summary>
    public ReadOnlySpan<float> UserVectors => _userVectors;

    /// <summary>A vector for each item, one behind the other.</summary>
    public ReadOnlySpan<float> ItemVectors => _itemVectors;

    /// <summary>Predicts a rating.</summary>
    /// <param name="user">The user; one who is not there counts as one at the mean.</param>
    /// <param name="item">The item; one that is not there counts as one at the mean.</param>
    /// <returns>The rating, within the range of those seen.</returns>
    public float Predict(int user, int item) => Math.Clamp(Unclamped(user, item), Range.Lowest, Range.Highest);

    /// <inheritdoc/>
    /// <remarks>Predictions are not kept within the range here: at its upper end many would be equal.</remarks>
    public void Score(int user, ReadOnlySpan<int> history, ReadOnlySpan<float> values, Span<float> scores, Span<byte> scratch)
    {
        for (int item = 0; item < Items; item++)
        {
            scores[item] = Unclamped(user, item);
        }
    }

    /// <summary>Predicts a rating, not kept within the range.</summary>
    /// <param name="user">The user.</param>
    /// <param name="item">The item.</param>
    internal float Unclamped(int user, int item)
    {
        bool hasUser = (uint)user < (uint)Users;
        bool hasItem = (uint)item < (uint)Items;
        float rating = Range.Mean + (hasUser ? _userBiases[user] : 0) + (hasItem ? _itemBiases[item] : 0);
        return hasUser && hasItem && Dimensions > 0
            ? rating + FactorProduct.Dot<float>(
                _userVectors.AsSpan(user * Dimensions, Dimensions), _itemVectors.AsSpan(item * Dimensions, Dimensions))
            : rating;
    }
}
