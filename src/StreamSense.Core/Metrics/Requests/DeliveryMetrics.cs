namespace StreamSense.Core.Metrics.Requests;

/// <summary>How requests of a group were answered.</summary>
/// <remarks>Immutable. Every request counts as often as its weight says, so that counts of sampled sources estimate the whole.</remarks>
public sealed record DeliveryMetrics
{
    /// <summary>The CDN, autonomous system, country or object type; null where it is unknown, and for all requests.</summary>
    public string? Name { get; init; }

    /// <summary>Requests.</summary>
    public double Requests { get; init; }

    /// <summary>Requests that the player marked as needed for its startup.</summary>
    public double StartupRequests { get; init; }

    /// <summary>Bytes that were sent.</summary>
    public double Bytes { get; init; }

    /// <summary>Media in the objects, in seconds: delivered, not watched.</summary>
    public double MediaSeconds { get; init; }

    /// <summary>Half of the requests had their first byte as fast or faster; within 1 %.</summary>
    public long? TtfbP50Milliseconds { get; init; }

    /// <summary>95 of 100 requests had their first byte as fast or faster; within 1 %.</summary>
    public long? TtfbP95Milliseconds { get; init; }

    /// <summary>Bits ÷ time to the last byte, over the requests of which both are known.</summary>
    public double? ThroughputKbps { get; init; }

    /// <summary>The mean of what players themselves measured.</summary>
    public double? MeasuredThroughputKbps { get; init; }

    /// <summary>Answered from the cache ÷ requests whose cache status is known.</summary>
    public double? CacheHitShare { get; init; }

    /// <summary>Hits ÷ (hits + misses): what cannot be cached is left out.</summary>
    public double? CacheHitRatio { get; init; }

    /// <summary>Bytes answered from the cache ÷ bytes of requests whose cache status is known.</summary>
    public double? CacheHitBytesShare { get; init; }

    /// <summary>Status 400 or above, or a failed cache ÷ requests whose status or cache status is known.</summary>
    public double? ErrorShare { get; init; }

    /// <summary>Requests that carry the mark of a starved buffer ÷ requests; no count of stalls.</summary>
    public double? StarvedRequestsShare { get; init; }

    internal static DeliveryMetrics Of(string? name, RequestCell cell)
    {
        ref readonly RequestSums sums = ref cell.Sums;
        return new DeliveryMetrics
        {
            Name = name,
            Requests = EventWeight.Events(sums.Requests),
            StartupRequests = EventWeight.Events(sums.Startup),
            Bytes = EventWeight.Events(sums.Bytes),
            MediaSeconds = EventWeight.Events(sums.MediaMilliseconds) / 1_000,
            TtfbP50Milliseconds = cell.Ttfb.Quantile(0.5),
            TtfbP95Milliseconds = cell.Ttfb.Quantile(0.95),

            // Bits a millisecond are kilobits a second.
            ThroughputKbps = Ratio.Of(8 * (double)sums.TimedBytes, (double)sums.TimedMilliseconds),
            MeasuredThroughputKbps = Ratio.Of((double)sums.MeasuredKbps, (double)sums.Measured),
            CacheHitShare = Ratio.Of((double)sums.Hits, (double)sums.Cached),
            CacheHitRatio = Ratio.Of((double)sums.Hits, (double)(sums.Hits + sums.Misses)),
            CacheHitBytesShare = Ratio.Of((double)sums.HitBytes, (double)sums.CachedBytes),
            ErrorShare = Ratio.Of((double)sums.Errors, (double)sums.Judged),
            StarvedRequestsShare = Ratio.Of((double)sums.Starved, (double)sums.Requests),
        };
    }
}
