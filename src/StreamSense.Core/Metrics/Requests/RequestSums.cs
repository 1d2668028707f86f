using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Metrics.Requests;

/// <summary>Sums over requests, each times its weight in millionths; they merge exactly.</summary>
internal struct RequestSums
{
    private const int CacheMask = 15;
    private const int StartupMark = 16;
    private const int StarvedMark = 32;

    /// <summary>The requests themselves, and those that said they were starved, or of the startup.</summary>
    public Int128 Requests;
    public Int128 Starved;
    public Int128 Startup;

    /// <summary>Requests whose outcome is known, and those that failed.</summary>
    public Int128 Judged;
    public Int128 Errors;

    /// <summary>Requests whose cache status is known, those that hit and missed, and their bytes.</summary>
    public Int128 Cached;
    public Int128 Hits;
    public Int128 Misses;
    public Int128 CachedBytes;
    public Int128 HitBytes;

    /// <summary>Bytes, and the bytes and milliseconds of requests of which both are known.</summary>
    public Int128 Bytes;
    public Int128 TimedBytes;
    public Int128 TimedMilliseconds;

    /// <summary>Milliseconds of media in the objects.</summary>
    public Int128 MediaMilliseconds;

    /// <summary>Requests with a throughput of the player's own measuring, and its kbps.</summary>
    public Int128 Measured;
    public Int128 MeasuredKbps;

    public static RequestSums Of(in MediaRequestPayload request, long weight)
    {
        var sums = new RequestSums { Requests = weight };
        sums.Starved = (request.CacheAndMarks & StarvedMark) != 0 ? weight : 0;
        sums.Startup = (request.CacheAndMarks & StartupMark) != 0 ? weight : 0;
        var cache = (CacheStatus)(request.CacheAndMarks & CacheMask);
        sums.Judged = request.Status != 0 || cache != CacheStatus.None ? weight : 0;
        sums.Errors = request.Status >= 400 || cache == CacheStatus.Error ? weight : 0;
        sums.Cached = cache != CacheStatus.None ? weight : 0;
        sums.Hits = cache == CacheStatus.Hit ? weight : 0;
        sums.Misses = cache == CacheStatus.Miss ? weight : 0;
        if (request.Bytes > 0)
        {
            sums.Bytes = (Int128)request.Bytes * weight;
            sums.CachedBytes = cache != CacheStatus.None ? sums.Bytes : 0;
            sums.HitBytes = cache == CacheStatus.Hit ? sums.Bytes : 0;
            if (request.TtlbMilliseconds > 0)
            {
                sums.TimedBytes = sums.Bytes;
                sums.TimedMilliseconds = (Int128)request.TtlbMilliseconds * weight;
            }
        }

        sums.MediaMilliseconds = request.DurationMilliseconds > 0 ? (Int128)request.DurationMilliseconds * weight : 0;
        if (request.ThroughputKbps >= 0)
        {
            sums.Measured = weight;
            sums.MeasuredKbps = (Int128)request.ThroughputKbps * weight;
        }

        return sums;
    }

    public void Add(in RequestSums other)
    {
        Requests += other.Requests;
        Starved += other.Starved;
        Startup += other.Startup;
        Judged += other.Judged;
        Errors += other.Errors;
        Cached += other.Cached;
        Hits += other.Hits;
        Misses += other.Misses;
        CachedBytes += other.CachedBytes;
        HitBytes += other.HitBytes;
        Bytes += other.Bytes;
        TimedBytes += other.TimedBytes;
        TimedMilliseconds += other.TimedMilliseconds;
        MediaMilliseconds += other.MediaMilliseconds;
        Measured += other.Measured;
        MeasuredKbps += other.MeasuredKbps;
    }
}
