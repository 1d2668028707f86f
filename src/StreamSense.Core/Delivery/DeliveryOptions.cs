namespace StreamSense.Core.Delivery;

/// <summary>How events are gathered into batches, and what is done when their sink fails.</summary>
/// <remarks>Immutable once made; each value is checked where it is set.</remarks>
public sealed class DeliveryOptions
{
    /// <summary>The most events of a batch, 1 to 1,048,576.</summary>
    /// <value>4,096.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int MaxBatchEvents
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1 << 20);
            field = value;
        }
    }
    = 4_096;

    /// <summary>The most annex bytes of a batch, up to 1 GiB; one event may exceed it, alone in its batch.</summary>
    /// <value>1 MiB.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int MaxBatchAnnexBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 0);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1 << 30);
            field = value;
        }
    }
    = 1 << 20;

    /// <summary>How long the first event of a batch waits for others, up to one day.</summary>
    /// <value>1 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public TimeSpan MaxDelay
    {
        get;
        init
        {
            ThrowUnlessTimer(value);
            field = value;
        }
    }
    = TimeSpan.FromSeconds(1);

    /// <summary>How long one call of the sink may take before it is cancelled and counts as failed; more than zero, up to one
    /// day.</summary>
    /// <value>30 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public TimeSpan AttemptTimeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfEqual(value, TimeSpan.Zero);
            ThrowUnlessTimer(value);
            field = value;
        }
    }
    = TimeSpan.FromSeconds(30);

    /// <summary>How often and when a failed batch is tried again.</summary>
    /// <value><see cref="RetrySchedule.Default"/>.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public RetrySchedule Retry
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }
    = RetrySchedule.Default;

    /// <summary>What becomes of a batch when the schedule is used up.</summary>
    /// <value><see cref="FailureMode.Drop"/>.</value>
    public FailureMode OnFailure { get; init; } = FailureMode.Drop;

    /// <summary>How long disposing drains, up to one day; what is not delivered by then is counted and dropped.</summary>
    /// <value>10 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public TimeSpan ShutdownDeadline
    {
        get;
        init
        {
            ThrowUnlessTimer(value);
            field = value;
        }
    }
    = TimeSpan.FromSeconds(10);

    /// <summary>How long, at shutdown, a cancelled call of the sink may still take before the sink is given up, up to one day.</summary>
    /// <value>2 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public TimeSpan AbandonAfter
    {
        get;
        init
        {
            ThrowUnlessTimer(value);
            field = value;
        }
    }
    = TimeSpan.FromSeconds(2);

    /// <summary>Whether the sink also gets events that were read back at start; a sink they were read back from has them already.</summary>
    /// <value>False.</value>
    public bool IncludeReplayed { get; init; }

    /// <summary>The seed of the jitter: the same seed draws the same delays.</summary>
    /// <value>Drawn at random for each instance, so that hosts do not retry in step.</value>
    public int JitterSeed { get; init; } = Random.Shared.Next();

    // Timers take at most some 49 days; a day is beyond every sensible value here.
    private static void ThrowUnlessTimer(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(1));
    }
}
