using StreamSense.Core.Admission.Identity;
using StreamSense.Core.Windows;

namespace StreamSense.Core.Admission;

/// <summary>How a closed set takes its events.</summary>
public sealed class ClosedSetOptions
{
    /// <summary>How late an event may be, in order of arrival.</summary>
    /// <value><see cref="LatenessPolicy.AcceptAll"/>: in a closed set nothing is late.</value>
    public LatenessPolicy Lateness { get; set; } = LatenessPolicy.AcceptAll;

    /// <summary>How devices, viewers and households are joined.</summary>
    /// <value>Null: events are whose they say.</value>
    public IdentityOptions? Identity { get; set; }

    /// <summary>Which clocks of senders are put right, where events say when they were received and not when they were sent.</summary>
    /// <value><see cref="ClockPolicy.Default"/>: more than 5 seconds ahead, or a minute behind.</value>
    public ClockPolicy Clocks { get; set; } = ClockPolicy.Default;

    /// <summary>How many sources and app versions have rows of their own in the scorecard.</summary>
    /// <value>4,096. Those beyond share one row, <c>other</c>.</value>
    public int MaxScorecardRows { get; set; } = 4096;

    /// <summary>How many events the set may hold, 128 bytes each and their text.</summary>
    /// <value>100,000,000. Further ones are refused and counted by the caller.</value>
    public int MaxEvents { get; set; } = 100_000_000;
}
