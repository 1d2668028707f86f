using System.Numerics.Tensors;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates.Factors;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>Vectors of users and items that take a step for each interaction as it comes.</summary>
/// <remarks>
/// Incremental matrix factorisation for positive-only feedback: a step towards 1 for the item taken (ISGD: Vinagre, Jorge and Gama 2014)
/// and
/// towards 0 for items drawn from the latest interactions, so that not every product grows to 1 (recency-based negatives: Vinagre, Jorge
/// and
/// Gama 2015). What is trending is added, and is all there is for somebody never observed. For one thread.
/// </remarks>
public sealed class OnlineFactors : IOnlineModel
{
    private readonly OnlineFactorsOptions _options;
    private readonly OnlineTrending _trending;
    private readonly float[] _userVectors;
    private readonly float[] _itemVectors;
    private readonly float[] _before;
    private readonly bool[] _isKnown;
    private readonly int[] _recent;
    private int _recentCount;
    private int _recentNext;
    private SplitMix _random;

    /// <summary>Makes a model that has observed nothing.</summary>
    /// <param name="users">How many users there may be.</param>
    /// <param name="items">How many items there may be.</param>
    /// <param name="options">How it learns; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or an option is outside its range.</exception>
    public OnlineFactors(int users, int items, OnlineFactorsOptions? options = null)
    {
        options ??= new OnlineFactorsOptions();
        options.Validate();
        _options = options.Copy();
        _trending = new OnlineTrending(users, items, _options.TrendingHalfLife);
        _random = new SplitMix(_options.Seed);
        _userVectors = Start(users);
        _itemVectors = Start(items);
        _before = new float[_options.Dimensions];
        _isKnown = new bool[users];
        _recent = new int[_options.RecentLength];
    }

    /// <inheritdoc/>
    public string Name => "isgd";

    /// <inheritdoc/>
    public int Users => _trending.Users;

    /// <inheritdoc/>
    public int Items => _trending.Items;

    /// <inheritdoc/>
    public void Observe(in Interaction interaction)
    {
        _trending.Observe(interaction);
        _isKnown[interaction.User] = true;
        for (int i = 0; i < _options.Negatives && _recentCount > 0; i++)
        {
            int other = _recent[_random.Below(_recentCount)];
            if (other != interaction.Item)
            {
                Step(interaction.User, other, 0);
            }
        }

        Step(interaction.User, interaction.Item, 1);
        _recent[_recentNext] = interaction.Item;
        _recentNext = (_recentNext + 1) % _recent.Length;
        _recentCount = Math.Max(_recentCount, _recentNext == 0 ? _recent.Length : _recentNext);
    }

    /// <inheritdoc/>
    public void Score(int user, EventTime now, Span<float> scores)
    {
        scores = scores[..Items];
        _trending.Score(user, now, scores);
        if (Items == 0 || (uint)user >= (uint)Users || !_isKnown[user])
        {
            return;
        }

        int d = _options.Dimensions;
        float most = TensorPrimitives.Max<float>(scores);
        float share = most > 0 ? (float)_options.TrendingWeight / most : 0;
        ReadOnlySpan<float> vector = _userVectors.AsSpan(user * d, d);
        for (int item = 0; item < scores.Length; item++)
        {
            scores[item] = (scores[item] * share) + FactorProduct.Dot(vector, _itemVectors.AsSpan(item * d, d));
        }
    }

    private void Step(int user, int item, float target)
    {
        int d = _options.Dimensions;
        Span<float> x = _userVectors.AsSpan(user * d, d);
        Span<float> y = _itemVectors.AsSpan(item * d, d);
        float rate = (float)_options.LearningRate;
        float step = rate * (target - FactorProduct.Dot<float>(x, y));
        float keep = 1 - (rate * (float)_options.Regularisation);

        // A step that is not finite is not taken: a rate that is too high must not make scores that are not numbers.
        if (float.IsFinite(step))
        {
            x.CopyTo(_before);
            TensorPrimitives.Multiply(x, keep, x);
            TensorPrimitives.MultiplyAdd(y, step, x, x);
            TensorPrimitives.Multiply(y, keep, y);
            TensorPrimitives.MultiplyAdd(_before, step, y, y);
        }
    }

    private float[] Start(int count)
    {
        var result = new float[checked(count * _options.Dimensions)];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = (float)(_random.Normal() * 0.1);
        }

        return result;
    }
}
