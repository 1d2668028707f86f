using System.Text.Json;
using StreamSense.Core.Ingest.Mapping;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.Snowplow;

/// <summary>Reads Snowplow's media events, version 2, as events of playback.</summary>
/// <remarks>
/// <para>
/// Takes the payloads of trackers as collectors receive them (<c>payload_data</c>, each element of which is a record, or one element
/// alone), and enriched events as the Analytics SDKs write them. Events of other schemas are left out and counted; what has no canonical
/// kind (volume, full screen, pauses of ads) is a <c>custom</c> event of its name.
/// </para>
/// <para>
/// A view is a media session, else the label of a player on a page view, else the visit. Its title is the label, else the id of the HTML
/// element. <c>ready</c> is a request for preloading, the first <c>play</c> of a view the request and each later one the end of a
/// pause. Snowplow has no event for the first frame: it is the first <c>buffer_end</c> after the request, or lies as long before the
/// first event with an advanced playhead as the playhead has advanced, and not before the request. Ads do not count as advance. A
/// <c>ping</c> is a heartbeat whose state is what the events before it left. An event older than one seen of its view changes nothing
/// that is remembered, and an event seen again is said as before.
/// </para>
/// <para>
/// <c>derived_tstamp</c>, with which the collector has put the clock right, is taken as it is; without it the device's time is corrected by
/// the times of sending and receipt. One thread at a time; allocates nothing once warm, refusals excepted.
/// </para>
/// </remarks>
public sealed class SnowplowTranslator : IRecordTranslator
{
    private readonly TextArena _arena = new();
    private readonly JsonPicker _body = new("schema", "data", "e");
    private readonly SnowplowTrackerReader _tracker;
    private readonly SnowplowEnrichedReader _enriched;
    private readonly SnowplowWriter _writer;

    /// <summary>Creates a translator.</summary>
    /// <param name="pseudonymizer">Makes the keyed hashes under which views are remembered.</param>
    /// <param name="options">How to read; copied. Null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public SnowplowTranslator(Pseudonymizer pseudonymizer, SnowplowOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pseudonymizer);
        options = (options ?? new SnowplowOptions()).Copy();
        SnowplowOptions.Validate(options);
        _tracker = new SnowplowTrackerReader(_arena);
        _enriched = new SnowplowEnrichedReader(_arena);
        _writer = new SnowplowWriter(pseudonymizer, options, _arena);
    }

    /// <inheritdoc/>
    public string Format => "snowplow";

    /// <inheritdoc/>
    public RecordFraming Framing => RecordFraming.JsonValues;

    /// <inheritdoc/>
    public void Begin(IngestOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        _writer.Begin(origin);
    }

    /// <inheritdoc/>
    public void Translate(ReadOnlySpan<byte> piece, CanonicalRecords output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _arena.Clear();
        if (!_body.TryPick(piece, _arena, out PickedValues body))
        {
            output.Reject(RejectReason.Malformed, "expected a JSON object");
            return;
        }

        ReadOnlySpan<byte> payloads = body.List(1);
        if (!payloads.IsEmpty && body.Text(0).StartsWith("iglu:com.snowplowanalytics.snowplow/payload_data/"u8))
        {
            TranslatePayloads(payloads, output);
        }
        else
        {
            TranslateOne(piece, isTracker: body.Has(2), output);
        }
    }

    // The array has been read once: its syntax holds.
    private void TranslatePayloads(ReadOnlySpan<byte> payloads, CanonicalRecords output)
    {
        var reader = new Utf8JsonReader(payloads);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            _arena.Clear();
            TranslateOne(payloads[start..(int)reader.BytesConsumed], isTracker: true, output);
        }
    }

    private void TranslateOne(ReadOnlySpan<byte> piece, bool isTracker, CanonicalRecords output)
    {
        SnowplowRecord record = default;
        string? wrong = isTracker ? _tracker.Read(piece, ref record) : _enriched.Read(piece, ref record);
        if (wrong is not null)
        {
            output.Reject(RejectReason.Malformed, wrong);
        }
        else if (record.Event == SnowplowEvent.None)
        {
            output.Exclude("no event of a media player");
        }
        else
        {
            _writer.Write(record, output);
        }
    }
}
