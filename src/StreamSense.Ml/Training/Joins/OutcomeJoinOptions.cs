namespace StreamSense.Ml.Training.Joins;

/// <summary>How an <see cref="OutcomeJoin"/> credits outcomes to rankings, and what it holds at most.</summary>
/// <remarks>
/// Memory: <see cref="MaxOpen"/> × slots × (4 bytes a feature + about 150), and for the rows that are kept 4 bytes a feature and 24 more.
/// </remarks>
public sealed class OutcomeJoinOptions
{
    /// <summary>What an outcome is worth.</summary>
    /// <value>Default <see cref="Training.Joins.Reward.Click"/>.</value>
    public Reward Reward { get; set; } = Reward.Click;

    /// <summary>For how long after a ranking what begins is credited to it.</summary>
    /// <value>Default 24 hours; positive.</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(24);

    /// <summary>For how long after <see cref="Window"/> a ranking is kept open, for views to come to their end and events to
    /// arrive.</summary>
    /// <value>Default 4 hours; not negative.</value>
    public TimeSpan Grace { get; set; } = TimeSpan.FromHours(4);

    /// <summary>Whether a title that no impression says was on the screen, and with which nothing was done, makes no row.</summary>
    /// <value>Default false; true only where clients write impressions.</value>
    public bool VisibleOnly { get; set; }

    /// <summary>How long a title must have been on the screen to count as seen, where impressions say how long.</summary>
    /// <value>Default 0: any time.</value>
    public TimeSpan MinimumVisible { get; set; }

    /// <summary>Whether a view that was left for its quality makes no row, rather than a row that says dislike.</summary>
    /// <remarks>Left for its quality: ended by an error, ended during a stall or within <see cref="StallEcho"/> of one, or given up before
    /// its first frame after <see cref="SlowStart"/>. A title that was also watched in a view without such an end keeps its row.</remarks>
    /// <value>Default true.</value>
    public bool CensorByQuality { get; set; } = true;

    /// <summary>How long after a stall leaving is still put down to it.</summary>
    /// <value>Default 10 seconds.</value>
    public TimeSpan StallEcho { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one waits for the first frame before giving up is put down to the wait.</summary>
    /// <value>Default 5 seconds.</value>
    public TimeSpan SlowStart { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Weighs each row by 1 / propensity, at most this much; null for the weight 1.</summary>
    /// <value>Default null.</value>
    public double? InversePropensityCap { get; set; }

    /// <summary>How many rankings may be open at once; the oldest is closed early for one more, and counted.</summary>
    /// <value>Default 100,000; at least 1.</value>
    public int MaxOpen { get; set; } = 100_000;

    /// <summary>How many rows are kept; further ones are counted and left out.</summary>
    /// <value>Default 20,000,000; at least 1.</value>
    public int MaxRows { get; set; } = 20_000_000;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is outside its range.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Reward);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Window, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Grace, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinimumVisible, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(StallEcho, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(SlowStart, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxOpen, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRows, 1);
        if (InversePropensityCap is { } cap && !(cap >= 1 && double.IsFinite(cap)))
        {
            throw new ArgumentOutOfRangeException(nameof(InversePropensityCap), cap, "A cap of weights is finite and at least 1.");
        }
    }
}
