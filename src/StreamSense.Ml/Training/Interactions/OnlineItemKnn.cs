using System.Numerics.Tensors;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>Items that go with the latest ones of a user, counted as interactions come; what is trending for somebody without
/// any.</summary>
/// <remarks>
/// Each interaction raises the count of its item with each of the latest items of its user; counts fade by half-life. An item keeps a
/// bounded
/// number of neighbours by the rule of Space-Saving (Metwally, Agrawal and El Abbadi 2005): a count is too high by at most what its place
/// held before. Nearness is a sum of cosines <c>c_ij / (√(nᵢ nⱼ) + shrinkage)</c>; it raises
/// what is trending. To observe costs the length of
/// the history times the number of neighbours. For one thread.
/// </remarks>
public sealed class OnlineItemKnn : IOnlineModel
{
    // Weights grow by 2 with each half-life since the origin; beyond so many all are brought back to a new one.
    private const double MaxHalfLives = 64;

    private readonly OnlineItemKnnOptions _options;
    private readonly OnlineTrending _trending;
    private readonly OnlineHistories _histories;
    private readonly int[] _neighbours;
    private readonly double[] _counts;
    private readonly int[] _used;
    private readonly double[] _itemCounts;
    private readonly float[] _near;
    private readonly double _inverseHalfLife;
    private long _origin;
    private long _latest = long.MinValue;

    /// <summary>Makes a model that has observed nothing.</summary>
    /// <param name="users">How many users there may be.</param>
    /// <param name="items">How many items there may be.</param>
    /// <param name="options">What it remembers; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or an option is outside its range.</exception>
    public OnlineItemKnn(int users, int items, OnlineItemKnnOptions? options = null)
    {
        options ??= new OnlineItemKnnOptions();
        options.Validate();
        _options = options.Copy();
        _trending = new OnlineTrending(users, items, _options.TrendingHalfLife);
        _histories = new OnlineHistories(users, _options.HistoryLength);
        _neighbours = new int[checked(items * _options.Neighbours)];
        _counts = new double[_neighbours.Length];
        _used = new int[items];
        _itemCounts = new double[items];
        _near = new float[items];
        _inverseHalfLife = 1 / _options.HalfLife.TotalMicroseconds;
    }

    /// <inheritdoc/>
    public string Name => "item-knn";

    /// <inheritdoc/>
    public int Users => _trending.Users;

    /// <inheritdoc/>
    public int Items => _trending.Items;

    /// <inheritdoc/>
    public void Observe(in Interaction interaction)
    {
        _trending.Observe(interaction);
        if (_latest == long.MinValue)
        {
            _origin = interaction.Time.UnixMicroseconds;
        }

        _latest = Math.Max(_latest, interaction.Time.UnixMicroseconds);
        double halfLives = (_latest - _origin) * _inverseHalfLife;
        if (halfLives > MaxHalfLives)
        {
            MoveOrigin(halfLives);
            halfLives = 0;
        }

        double weight = Math.Pow(2, halfLives);
        int item = interaction.Item;
        _itemCounts[item] += weight;
        if (!_histories.Add(interaction.User, item))
        {
            return;
        }

        foreach (int other in _histories.Of(interaction.User)[1..])
        {
            Count(item, other, weight);
            Count(other, item, weight);
        }
    }

    /// <inheritdoc/>
    public void Score(int user, EventTime now, Span<float> scores)
    {
        scores = scores[..Items];
        _trending.Score(user, now, scores);
        ReadOnlySpan<int> history = _histories.Of(user);
        if (Items == 0 || history.IsEmpty)
        {
            return;
        }

        // What is stored has the scale of the origin; cosines have none, but the shrinkage is meant for weights as of now.
        double shrinkage = _options.Shrinkage * Math.Pow(2, (_latest - _origin) * _inverseHalfLife);
        Span<float> near = _near;
        near.Clear();
        foreach (int taken in history)
        {
            int from = taken * _options.Neighbours;
            for (int i = from; i < from + _used[taken]; i++)
            {
                double length = Math.Sqrt(_itemCounts[taken] * _itemCounts[_neighbours[i]]);
                near[_neighbours[i]] += (float)(_counts[i] / (length + shrinkage));
            }
        }

        Blend(scores, near);
    }

    // Both as shares of their highest: what is trending, raised by how near it is, and what is near but not trending behind.
    private void Blend(Span<float> scores, ReadOnlySpan<float> near)
    {
        float mostTrending = TensorPrimitives.Max<float>(scores);
        float mostNear = TensorPrimitives.Max(near);
        float trendingShare = mostTrending > 0 ? 1 / mostTrending : 0;
        float nearShare = mostNear > 0 ? (float)_options.NearWeight / mostNear : 0;
        for (int item = 0; item < scores.Length; item++)
        {
            float trending = scores[item] * trendingShare;
            float nearness = near[item] * nearShare;
            scores[item] = trending + (nearness * (trending + (float)_options.NearAlone));
        }
    }

    private void Count(int item, int other, double weight)
    {
        int from = item * _options.Neighbours;
        Span<int> row = _neighbours.AsSpan(from, _used[item]);
        int place = row.IndexOf(other);
        if (place < 0 && _used[item] < _options.Neighbours)
        {
            place = _used[item]++;
            _neighbours[from + place] = other;
            _counts[from + place] = 0;
        }
        else if (place < 0)
        {
            place = TensorPrimitives.IndexOfMin<double>(_counts.AsSpan(from, row.Length));
            row[place] = other;
        }

        _counts[from + place] += weight;
    }

    private void MoveOrigin(double halfLives)
    {
        double fade = Math.Pow(2, -halfLives);
        TensorPrimitives.Multiply(_counts, fade, _counts);
        TensorPrimitives.Multiply(_itemCounts, fade, _itemCounts);
        _origin = _latest;
    }
}
