namespace StreamSense.Core.Sessions;

/// <summary>How events of a view become states: the thresholds of the schema's numbers, and the bounds of the table of views.</summary>
/// <remarks>Read once, when the stage is made; later changes have no effect.</remarks>
public sealed class SessionOptions
{
    /// <summary>The shortest buffering that is a stall; a shorter one is playing time.</summary>
    /// <value>250 ms.</value>
    public TimeSpan MinimumStall { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The silence after which a view counts as ended at its last event.</summary>
    /// <value>10 minutes.</value>
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The same for a paused view.</summary>
    /// <value>60 minutes.</value>
    public TimeSpan PausedSilenceLimit { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>The same for a view that has sent no heartbeat; also the most that such a view is credited between two events.</summary>
    /// <value>4 hours.</value>
    public TimeSpan UnmonitoredSilenceLimit { get; set; } = TimeSpan.FromHours(4);

    /// <summary>The most playing time between two events of a view whose heartbeats give no interval.</summary>
    /// <value>90 seconds.</value>
    public TimeSpan GapWithoutInterval { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>The least value of the gap that follows from the interval of heartbeats (three intervals).</summary>
    /// <value>30 seconds.</value>
    public TimeSpan MinimumGap { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after its silence limit a view may still be continued by a late event, before the live clock closes it.</summary>
    /// <value>Zero.</value>
    public TimeSpan AllowedLateness { get; set; } = TimeSpan.Zero;

    /// <summary>
    /// For how long the events of a view are kept, so that one that comes late is put in its place and what the view had added is
    /// corrected; at most <see cref="AllowedLateness"/>. Zero keeps nothing: a late event applies where the view has got to.
    /// </summary>
    /// <value>2 minutes.</value>
    /// <remarks>Costs 64 to 128 bytes an event and, for views that last longer, two copies of their row.</remarks>
    public TimeSpan AmendmentWindow { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How many events of views a shard keeps for amendments. When they are used up, views keep less of their past.</summary>
    /// <value>1,048,576: 64 MiB, taken as they are needed.</value>
    public int MaxHistoryEvents { get; set; } = 1 << 20;

    /// <summary>
    /// Of how many ended views whose rows went to others, for want of room or <see cref="UnmonitoredSilenceLimit"/> after their end, the id
    /// is kept, so that their later events change nothing.
    /// </summary>
    /// <value>1,048,576: up to 32 MiB, taken as they are needed.</value>
    public int MaxEndedViews { get; set; } = 1 << 20;

    /// <summary>How many views a shard remembers, open and ended.</summary>
    /// <value>262,144.</value>
    /// <remarks>
    /// A full table forgets ended views first, the oldest before the others, then closes the open view that was silent longest.
    /// </remarks>
    public int MaxViews { get; set; } = 262_144;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is negative, or the three silence limits do not ascend.</exception>
    public void Validate()
    {
        Require(MinimumStall >= TimeSpan.Zero, nameof(MinimumStall));
        Require(SilenceLimit > TimeSpan.Zero, nameof(SilenceLimit));
        Require(PausedSilenceLimit >= SilenceLimit, nameof(PausedSilenceLimit));
        Require(UnmonitoredSilenceLimit >= PausedSilenceLimit, nameof(UnmonitoredSilenceLimit));
        Require(UnmonitoredSilenceLimit <= TimeSpan.FromDays(30), nameof(UnmonitoredSilenceLimit));
        Require(GapWithoutInterval >= TimeSpan.Zero, nameof(GapWithoutInterval));
        Require(MinimumGap >= TimeSpan.Zero, nameof(MinimumGap));
        Require(AllowedLateness >= TimeSpan.Zero, nameof(AllowedLateness));
        Require(AllowedLateness <= TimeSpan.FromDays(365), nameof(AllowedLateness));
        Require(AmendmentWindow >= TimeSpan.Zero, nameof(AmendmentWindow));
        Require(MaxHistoryEvents is >= 256 and <= 1 << 28, nameof(MaxHistoryEvents));
        Require(MaxEndedViews is >= 1 and <= 1 << 26, nameof(MaxEndedViews));
        Require(MaxViews >= 1, nameof(MaxViews));
    }

    private static void Require(bool holds, string option)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(option, $"{option} is out of its range.");
        }
    }
}
