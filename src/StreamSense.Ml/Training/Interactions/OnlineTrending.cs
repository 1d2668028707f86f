using StreamSense.Core.Events;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>Items by how often they were taken lately; the same for everybody.</summary>
/// <remarks>
/// Each interaction counts one, halving with every half-life: O(1) to observe. Without a half-life given, counts of 1, 3, 10, 30 and 100
/// days
/// are kept side by side, and those are used whose shares foretold the latest two thousand interactions or so best, each before it was
/// counted
/// (by the rule of Brier 1950).
/// Memory: 8 bytes an item and half-life. For one thread.
/// </remarks>
public sealed class OnlineTrending : IOnlineModel
{
    private const double Forgetting = 1 - (1.0 / 2048);
    private static readonly double[] DaysTried = [1, 3, 10, 30, 100];

    private readonly TimeSpan[] _halfLives;
    private readonly DecayedCounts[] _counts;
    private readonly double[] _gains;

    /// <summary>Makes a model that has observed nothing.</summary>
    /// <param name="users">How many users there may be.</param>
    /// <param name="items">How many items there may be.</param>
    /// <param name="halfLife">After how long an interaction counts half; null for whatever does best.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or the half-life is not positive.</exception>
    public OnlineTrending(int users, int items, TimeSpan? halfLife = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(users);
        ArgumentOutOfRangeException.ThrowIfNegative(items);
        if (halfLife is { } given)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(given, TimeSpan.Zero, nameof(halfLife));
        }

        Users = users;
        Items = items;
        _halfLives = halfLife is { } one ? [one] : Array.ConvertAll(DaysTried, TimeSpan.FromDays);
        _counts = Array.ConvertAll(_halfLives, value => new DecayedCounts(items, value));
        _gains = new double[_counts.Length];
    }

    /// <inheritdoc/>
    public string Name => "trending";

    /// <inheritdoc/>
    public int Users { get; }

    /// <inheritdoc/>
    public int Items { get; }

    /// <summary>After how long an interaction counts half at present.</summary>
    public TimeSpan HalfLife => _halfLives[Best];

    private int Best
    {
        get
        {
            int best = 0;
            for (int i = 1; i < _gains.Length; i++)
            {
                best = _gains[i] > _gains[best] ? i : best;
            }

            return best;
        }
    }

    /// <inheritdoc/>
    public void Observe(in Interaction interaction)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)interaction.User, (uint)Users, nameof(interaction));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)interaction.Item, (uint)Items, nameof(interaction));
        long time = interaction.Time.UnixMicroseconds;
        for (int i = 0; i < _counts.Length; i++)
        {
            if (_counts.Length > 1)
            {
                _gains[i] = (_gains[i] * Forgetting) + _counts[i].ForesightOf(interaction.Item);
            }

            _counts[i].Add(interaction.Item, time);
        }
    }

    /// <inheritdoc/>
    public void Score(int user, EventTime now, Span<float> scores)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scores.Length, Items, nameof(scores));
        _counts[Best].Read(now.UnixMicroseconds, scores);
    }
}
