using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.AccessLogs;

/// <summary>What a log says of requests, visits and bots, over all bodies that a translator has read.</summary>
/// <remarks>
/// Written and read by the thread that reads the bodies. Counts lines as they stand in the log: not multiplied by the sampling, and before
/// the door knows duplicates. <c>Lines = Directives + Requests + Unreadable</c>. Devices and visits are exact while at most
/// <see cref="AccessLogOptions.MaxDevices"/> devices were seen and lines are out of order by less than the visit gap.
/// </remarks>
public sealed class AccessLogTotals
{
    /// <summary>Lines that are not empty.</summary>
    public long Lines { get; internal set; }

    /// <summary>Lines that say how to read the others.</summary>
    public long Directives { get; internal set; }

    /// <summary>Lines that could be read as a request.</summary>
    public long Requests { get; internal set; }

    /// <summary>Lines that could not be read.</summary>
    public long Unreadable { get; internal set; }

    /// <summary>Requests of bots.</summary>
    public long BotRequests { get; internal set; }

    /// <summary>Requests left out by the bot policy, a part of <see cref="BotRequests"/>.</summary>
    public long Excluded { get; internal set; }

    /// <summary>Devices: pairs of an address and a user agent.</summary>
    public long Devices { get; internal set; }

    /// <summary>Devices that are bots, a part of <see cref="Devices"/>.</summary>
    public long BotDevices { get; internal set; }

    /// <summary>Visits, those of bots included.</summary>
    public long Visits { get; internal set; }

    /// <summary>Visits of bots, a part of <see cref="Visits"/>.</summary>
    public long BotVisits { get; internal set; }

    /// <summary>
    /// Visits that were two until a late line joined them: that many visits have two ids in the events, while <see cref="Visits"/> counts
    /// each once.
    /// </summary>
    public long JoinedVisits { get; internal set; }

    /// <summary>Bytes sent.</summary>
    public long Bytes { get; internal set; }

    /// <summary>Requests with a status from 400 to 499.</summary>
    public long ClientErrors { get; internal set; }

    /// <summary>Requests with a status from 500 to 599.</summary>
    public long ServerErrors { get; internal set; }

    /// <summary>Requests that the client gave up before an answer (CloudFront's status 000).</summary>
    public long GivenUp { get; internal set; }

    /// <summary>The earliest time of a request; null if there was none.</summary>
    public EventTime? FirstTime { get; internal set; }

    /// <summary>The latest time of a request; null if there was none.</summary>
    public EventTime? LastTime { get; internal set; }
}
