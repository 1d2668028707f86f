using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Reads what every event carries: identity, times, dimensions, consent.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class EnvelopeDecoder(
    Vocabulary vocabulary, Pseudonymizer pseudonymizer, IdReader ids, NdjsonOptions options, RecordScratch scratch)
{
    private static readonly FieldSet Shown = FieldSet.Of(JsonField.Request)
        | FieldSet.Of(JsonField.Surface) | FieldSet.Of(JsonField.Row) | FieldSet.Of(JsonField.Position);

    private readonly SymbolCache _sources = new(vocabulary.Sources);
    private readonly SymbolCache _countries = new(vocabulary.Countries);
    private readonly SymbolCache _asns = new(vocabulary.Asns);
    private readonly SymbolCache _isps = new(vocabulary.Isps);
    private readonly SymbolCache _deviceKinds = new(vocabulary.DeviceKinds);
    private readonly SymbolCache _apps = new(vocabulary.Apps);
    private readonly SymbolCache _cdns = new(vocabulary.Cdns);
    private readonly VariantsReader _variants = new(vocabulary.Variants);
    private readonly ContextCache _contexts = new(vocabulary.Contexts);
    private readonly ContentHash _content = new(pseudonymizer, scratch);
    private Symbol _hashedSource = Symbol.Other;
    private ulong _sourceHash;

    /// <summary>Reads the ids of who, where and which playback.</summary>
    public void ReadIds(in JsonRecord record, ref StreamEvent e)
    {
        e.Viewer = ids.Viewer(record);
        e.Household = ids.Household(record);
        e.Device = ids.Device(record);
        e.View = ids.View(record);
        e.Visit = ids.Visit(record);
        e.Cdn = _cdns.Intern(record.Text(JsonField.Cdn, RecordLimits.Dimension));
        if (record.TryWhole(JsonField.Seq, 0, uint.MaxValue, out long sequence))
        {
            e.Sequence = (uint)sequence;
            e.Flags |= EventFlags.HasSequence;
        }

        // Kinds without a place for these are checked all the same: a sender that breaks the schema shall hear of it.
        if (record.Present.Overlaps(Shown))
        {
            record.Text(JsonField.Request, RecordLimits.Id);
            record.Text(JsonField.Surface, RecordLimits.Dimension);
            record.Whole(JsonField.Row);
            record.Whole(JsonField.Position);
        }
    }

    /// <summary>Reads the dimensions, and identifies the event.</summary>
    /// <param name="record">The record.</param>
    /// <param name="consent">The purposes granted.</param>
    /// <param name="e">The event; view and sequence have been read.</param>
    public void ReadContext(in JsonRecord record, ConsentPurposes consent, ref StreamEvent e)
    {
        ReadOnlySpan<byte> source = record.Text(JsonField.Source, RecordLimits.Dimension);
        var context = new EventContext(
            _sources.Intern(source),
            _countries.Intern(record.Text(JsonField.Country, RecordLimits.Dimension)),
            ReadAsn(record),
            _isps.Intern(record.Text(JsonField.Isp, RecordLimits.Dimension)),
            _deviceKinds.Intern(record.Text(JsonField.DeviceKind, RecordLimits.Dimension)),
            _apps.Intern(record.Text(JsonField.App, RecordLimits.Dimension)),
            _variants.Read(record),
            consent,
            NdjsonDecoder.SchemaVersion);
        if (record.Failed)
        {
            return;
        }

        e.Context = _contexts.Intern(context);
        if (record.Has(JsonField.Id))
        {
            e.Id = ids.Event(record);
            e.Flags |= EventFlags.HasId;
        }
        else if (!e.View.IsNone && (e.Flags & EventFlags.HasSequence) != 0)
        {
            e.Id = pseudonymizer.EventFrom(HashOf(source, context.Source), e.View, e.Sequence);
        }
        else
        {
            e.Id = _content.Of(record);
        }
    }

    /// <summary>How many events this one stands for.</summary>
    public static float ReadWeight(in JsonRecord record)
    {
        float weight = (float)record.Number(JsonField.Weight, float.Epsilon, float.MaxValue);
        return float.IsNaN(weight) ? 1 : weight;
    }

    /// <summary>Reads the times and corrects the sender's clock.</summary>
    public void ReadTimes(in JsonRecord record, EventTime receivedAt, ref StreamEvent e)
    {
        long time = record.Instant(JsonField.Time, dateAlone: false);
        long sent = record.Instant(JsonField.Sent, dateAlone: false);
        long received = record.Instant(JsonField.Received, dateAlone: false);
        if (record.Failed)
        {
            return;
        }

        received = receivedAt != default ? receivedAt.UnixMicroseconds : options.TrustReceived ? received : Absent.Time;
        bool isReceived = received != Absent.Time;
        if (isReceived)
        {
            Check(record, JsonField.Received, received, EventTime.Latest.UnixMicroseconds - 1);
        }

        long latest = EventTime.Latest.UnixMicroseconds - 1;
        latest = isReceived ? Math.Min(latest, received + (24 * 3600 * EventTime.MicrosecondsPerSecond)) : latest;
        Check(record, JsonField.Time, time, latest);
        if (sent != Absent.Time)
        {
            Check(record, JsonField.Sent, sent, latest);
        }

        if (record.Failed)
        {
            return;
        }

        bool isClockKnown = isReceived && sent != Absent.Time;
        e.Flags |= isClockKnown ? EventFlags.ClockKnown : EventFlags.None;
        long corrected = isClockKnown ? time + received - sent : time;
        Check(record, JsonField.Time, corrected, latest);
        e.Time = new EventTime(corrected);
        e.CorrectionMilliseconds = Milliseconds(corrected - time);
        e.ReceivedAfterMilliseconds = isReceived ? Milliseconds(received - corrected) : 0;
    }

    /// <summary>Reads what only a line of the SDK's own carries.</summary>
    public static void ReadMarks(in JsonRecord record, ref StreamEvent e)
    {
        e.Flags |= EventFlags.Replayed;
        int correction = record.Whole(JsonField.CorrectionMs, int.MinValue + 1);
        e.CorrectionMilliseconds = correction == Absent.Number ? e.CorrectionMilliseconds : correction;
        if (e.Kind == EventKind.Login && record.Has(JsonField.JoinsSince))
        {
            long since = record.Instant(JsonField.JoinsSince);
            e.PayloadAs<LoginPayload>().JoinsSinceMicroseconds = since == Absent.Time ? 0 : since;
        }

        if (record.TokenOf(JsonField.Marks) != JsonTokenType.StartArray)
        {
            return;
        }

        var reader = new Utf8JsonReader(record.Raw(JsonField.Marks));
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("unidentified"u8))
            {
                e.Flags &= ~EventFlags.HasId;
            }
            else if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("derived"u8))
            {
                e.Flags |= EventFlags.Derived;
            }
        }
    }

    private static void Check(in JsonRecord record, JsonField field, long time, long latest)
    {
        if (time < EventTime.Earliest.UnixMicroseconds || time > latest)
        {
            record.Fail(RejectReason.TimeOutOfRange, field, "expected a time from 1990 to a day after receipt, before 2100");
        }
    }

    private static int Milliseconds(long microseconds) =>
        (int)Math.Clamp(microseconds / EventTime.MicrosecondsPerMillisecond, -int.MaxValue, int.MaxValue);

    // Events of one source follow each other. Symbol.Other stands for many sources.
    private ulong HashOf(ReadOnlySpan<byte> source, Symbol symbol)
    {
        if (symbol == Symbol.Other)
        {
            return pseudonymizer.Source(source);
        }

        if (symbol != _hashedSource)
        {
            _hashedSource = symbol;
            _sourceHash = pseudonymizer.Source(source);
        }

        return _sourceHash;
    }

    private Symbol ReadAsn(in JsonRecord record)
    {
        bool isNumber = record.TokenOf(JsonField.Asn) == JsonTokenType.Number;
        if (isNumber && record.Raw(JsonField.Asn).IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            record.Fail(RejectReason.InvalidValue, JsonField.Asn, "expected a text or a whole number");
            return Symbol.None;
        }

        return _asns.Intern(isNumber ? record.Raw(JsonField.Asn) : record.Text(JsonField.Asn, RecordLimits.Dimension));
    }
}
