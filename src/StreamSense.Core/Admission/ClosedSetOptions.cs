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

    /// <summary>How many events the set may hold, 128 bytes each and their text.</summary>
    /// <value>100,000,000. Further ones are refused and counted by the caller.</value>
    public int MaxEvents { get; set; } = 100_000_000;
}
