using StreamSense.Core.Windows;

namespace StreamSense.Core.Admission;

/// <summary>How a shard admits events: duplicates, order, lateness.</summary>
public sealed class AdmissionOptions
{
    /// <summary>How many event ids are remembered for telling duplicates; between one and two times as many are.</summary>
    /// <value>524,288, which takes 16 MiB a shard. A million takes 32 MiB, whatever was given as id.</value>
    public int DuplicateWindow { get; set; } = 524_288;

    /// <summary>How many events may wait for an earlier one.</summary>
    /// <value>16,384. When they are that many, the one that waits longest is applied without its predecessor.</value>
    public int MaxHeldEvents { get; set; } = 16_384;

    /// <summary>How many (source, view) sequences are followed at once.</summary>
    /// <value>262,144 of some 130 bytes each, clock included. Beyond that the one unused longest is forgotten.</value>
    public int MaxSequences { get; set; } = 262_144;

    /// <summary>How long an event of a view without <c>seq</c> waits, so that earlier ones may overtake it.</summary>
    /// <value>2 seconds.</value>
    public TimeSpan ReorderHorizon { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an event beyond a gap in <c>seq</c> waits for what is missing.</summary>
    /// <value>10 seconds: enough for one retry of a player.</value>
    public TimeSpan GapPatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How late an event may be. A silent view ends this much later, since an event of its may still come.</summary>
    /// <value>Dropped (and counted) when more than 10 minutes behind its source's watermark.</value>
    public LatenessPolicy Lateness { get; set; } = LatenessPolicy.Drop(TimeSpan.FromMinutes(10));

    /// <summary>Which clocks of senders are put right by when their events were received.</summary>
    /// <value><see cref="ClockPolicy.Default"/>: more than 5 seconds ahead, or a minute behind.</value>
    public ClockPolicy Clocks { get; set; } = ClockPolicy.Default;

    /// <summary>How long the events of a view whose clock seems to be behind wait for proof that they are not merely old.</summary>
    /// <value>One minute. At most <see cref="MaxHeldEvents"/> events wait so; without proof they keep their times.</value>
    public TimeSpan ClockPatience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many sources and app versions have rows of their own in the scorecard.</summary>
    /// <value>256 a shard. Those beyond share one row, <c>other</c>.</value>
    public int MaxScorecardRows { get; set; } = 256;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(DuplicateWindow, 16, nameof(DuplicateWindow));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(DuplicateWindow, 1 << 28, nameof(DuplicateWindow));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxHeldEvents, 16, nameof(MaxHeldEvents));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSequences, 16, nameof(MaxSequences));
        ArgumentOutOfRangeException.ThrowIfLessThan(ReorderHorizon, TimeSpan.Zero, nameof(ReorderHorizon));
        ArgumentOutOfRangeException.ThrowIfLessThan(GapPatience, TimeSpan.Zero, nameof(GapPatience));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxScorecardRows, 1, nameof(MaxScorecardRows));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxScorecardRows, 16_384, nameof(MaxScorecardRows));
        ArgumentOutOfRangeException.ThrowIfLessThan(ClockPatience, TimeSpan.Zero, nameof(ClockPatience));
    }
}
