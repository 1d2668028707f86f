using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.Snowplow;

/// <summary>What one Snowplow event says, whichever of its two forms it came in; a text that is absent is empty.</summary>
internal ref struct SnowplowRecord
{
    public SnowplowEvent Event;
    public ReadOnlySpan<byte> Id;
    public ReadOnlySpan<byte> Viewer;
    public ReadOnlySpan<byte> Device;
    public ReadOnlySpan<byte> Visit;
    public ReadOnlySpan<byte> App;
    public ReadOnlySpan<byte> Platform;
    public ReadOnlySpan<byte> UserAgent;
    public ReadOnlySpan<byte> Country;

    /// <summary>When it happened; null if that is missing or unreadable.</summary>
    public EventTime? Time;

    /// <summary>When it was sent, by the same clock as <see cref="Time"/>.</summary>
    public EventTime? Sent;

    /// <summary>When the collector had it; only where <see cref="Sent"/> is there.</summary>
    public EventTime? Received;

    /// <summary>Whether the collector has put the clock of <see cref="Time"/> right already.</summary>
    public bool IsCorrected;

    /// <summary>The event's own object.</summary>
    public ReadOnlySpan<byte> Data;

    /// <summary>The entity of the player.</summary>
    public ReadOnlySpan<byte> Player;

    /// <summary>The entity of the media session.</summary>
    public ReadOnlySpan<byte> Session;

    public ReadOnlySpan<byte> Ad;
    public ReadOnlySpan<byte> Break;

    /// <summary>The entity of the page view.</summary>
    public ReadOnlySpan<byte> Page;

    /// <summary>The entity of the HTML media element.</summary>
    public ReadOnlySpan<byte> Element;

    /// <summary>The entity of an app's session, which names the device where there are no cookies.</summary>
    public ReadOnlySpan<byte> Client;
}
