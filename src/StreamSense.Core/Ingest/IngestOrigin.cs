using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest;

/// <summary>What the host knows of a body of records, and the records themselves may not say.</summary>
/// <remarks>Raw values: ids become pseudonyms at the door. Immutable.</remarks>
public sealed record IngestOrigin
{
    /// <summary>When the host received it; default if the host does not know (files).</summary>
    public EventTime ReceivedAt { get; init; }

    /// <summary>The time of the first record of a file whose records carry none; each later one is a microsecond after the one before.
    /// </summary>
    /// <value>Default: <see cref="EventTime.Earliest"/>.</value>
    public EventTime Epoch { get; init; }

    /// <summary>The producer; null for the format's own name. Two reporting targets of one CMCD player number their records apart and
    /// need sources of their own.</summary>
    public string? Source { get; init; }

    /// <summary>The viewer's id, if known.</summary>
    public string? Viewer { get; init; }

    /// <summary>The household's id, if known.</summary>
    public string? Household { get; init; }

    /// <summary>The device's id, if known.</summary>
    public string? Device { get; init; }

    /// <summary>The title of records without one, if known.</summary>
    public string? Title { get; init; }

    /// <summary>The country, if known.</summary>
    public string? Country { get; init; }

    /// <summary>The autonomous system, if known.</summary>
    public string? Asn { get; init; }

    /// <summary>The internet provider, if known.</summary>
    public string? Isp { get; init; }

    /// <summary>The kind of device, if known.</summary>
    public string? DeviceKind { get; init; }

    /// <summary>The app and its version, if known.</summary>
    public string? App { get; init; }

    /// <summary>The CDN, if known.</summary>
    public string? Cdn { get; init; }

    /// <summary>The purposes that the request grants for records that say nothing themselves; null if it says nothing either.</summary>
    public ConsentPurposes? Consent { get; init; }

    /// <summary>Purposes that are not granted whatever the records say: <see cref="ConsentPurposes.Sharing"/> under
    /// <c>Sec-GPC: 1</c>.</summary>
    public ConsentPurposes Withheld { get; init; }
}
