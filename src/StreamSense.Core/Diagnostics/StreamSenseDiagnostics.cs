using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace StreamSense.Core.Diagnostics;

/// <summary>What the SDK says of itself to whoever listens: one meter and one activity source.</summary>
/// <remarks>Thread-safe. Without a listener neither costs anything.</remarks>
public static class StreamSenseDiagnostics
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "StreamSense";

    private static readonly Lock Sync = new();
    private static readonly List<WeakReference<DropCounters>> Watched = [];

    static StreamSenseDiagnostics()
    {
        _ = Meter.CreateObservableCounter(
            "streamsense.events.dropped",
            MeasureDrops,
            unit: "{event}",
            description: "Events that were offered and did not reach a shard, by reason.");
    }

    /// <summary>The meter that every instrument of the SDK belongs to.</summary>
    public static Meter Meter { get; } = new(Name);

    /// <summary>The source of the SDK's activities.</summary>
    public static ActivitySource ActivitySource { get; } = new(Name);

    /// <summary>Lets <c>streamsense.events.dropped</c> tell of these counters, for as long as somebody else holds them.</summary>
    /// <param name="drops">The counters of one pipeline.</param>
    public static void Watch(DropCounters drops)
    {
        ArgumentNullException.ThrowIfNull(drops);
        lock (Sync)
        {
            Watched.RemoveAll(static reference => !reference.TryGetTarget(out _));
            Watched.Add(new WeakReference<DropCounters>(drops));
        }
    }

    private static List<Measurement<long>> MeasureDrops()
    {
        var measurements = new List<Measurement<long>>();
        lock (Sync)
        {
            for (DropReason reason = 0; reason <= DropReason.BroadcastCopy; reason++)
            {
                long sum = 0;
                foreach (WeakReference<DropCounters> reference in Watched)
                {
                    sum += reference.TryGetTarget(out DropCounters? drops) ? drops[reason] : 0;
                }

                measurements.Add(new Measurement<long>(sum, new KeyValuePair<string, object?>("reason", NameOf(reason))));
            }
        }

        return measurements;
    }

    private static string NameOf(DropReason reason) => reason switch
    {
        DropReason.LaneFull => "lane_full",
        DropReason.Shed => "shed",
        DropReason.AnnexTooLong => "annex_too_long",
        DropReason.Closed => "closed",
        DropReason.Discarded => "discarded",
        _ => "broadcast_copy",
    };
}
