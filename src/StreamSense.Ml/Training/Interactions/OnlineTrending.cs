using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>Items by how often they were taken lately; the same for everybody.</summary>
/// <remarks>
/// Each interaction counts one, halving with every half-life: O(1) to observe. Counts are kept as of a moving origin, so that nothing has to
/// be faded when it is read. Memory: 8 bytes an item.
/// </remarks>
public sealed class OnlineTrending : IOnlineModel
{
    // Weights are 2^(age of the origin): beyond this many half-lives they are brought back to a new origin, far from overflow.
    private const double MaxHalfLives = 512;

    private readonly double[] _counts;
    private readonly double _inverseHalfLife;
    private long _origin;
    private long _latest = long.MinValue;

    /// <summary>Makes a model that has observed nothing.</summary>
    /// <param name="users">How many users there may be.</param>
    /// <param name="items">How many items there may be.</param>
    /// <param name="halfLife">After how long an interaction counts half; null for 7 days.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or the half-life is not positive.</exception>
    public OnlineTrending(int users, int items, TimeSpan? halfLife = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(users);
        ArgumentOutOfRangeException.ThrowIfNegative(items);
        HalfLife = new HalfLife(halfLife ?? TimeSpan.FromDays(7));
        Users = users;
        Items = items;
        _counts = new double[items];
        _inverseHalfLife = 1.0 / HalfLife.Duration.TotalMicroseconds;
    }

    /// <inheritdoc/>
    public string Name => "trending";

    /// <inheritdoc/>
    public int Users { get; }

    /// <inheritdoc/>
    public int Items { get; }

    /// <summary>After how long an interaction counts half.</summary>
    public HalfLife HalfLife { get; }

    /// <inheritdoc/>
    public void Observe(in Interaction interaction)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)interaction.User, (uint)Users, nameof(interaction));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)interaction.Item, (uint)Items, nameof(interaction));
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

        _counts[interaction.Item] += Math.Pow(2, halfLives);
    }

    /// <inheritdoc/>
    public void Score(int user, EventTime now, Span<float> scores)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scores.Length, Items, nameof(scores));
        if (_latest == long.MinValue)
        {
            scores[..Items].Clear();
            return;
        }

        double fade = Math.Pow(2, -(Math.Max(now.UnixMicroseconds, _latest) - _origin) * _inverseHalfLife);
        for (int item = 0; item < Items; item++)
        {
            scores[item] = (float)(_counts[item] * fade);
        }
    }

    private void MoveOrigin(double halfLives)
    {
        double fade = Math.Pow(2, -halfLives);
        for (int item = 0; item < Items; item++)
        {
            _counts[item] *= fade;
        }

        _origin = _latest;
    }
}
