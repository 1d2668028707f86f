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
    private static readonly FieldSet Ids = FieldSet.Of(JsonField.Viewer) | FieldSet.Of(JsonField.Household)
        | FieldSet.Of(JsonField.Device) | FieldSet.Of(JsonField.View) | FieldSet.Of(JsonField.Visit) | FieldSet.Of(JsonField.Cdn);

    private static readonly FieldSet Dimensions = FieldSet.Of(JsonField.Source) | FieldSet.Of(JsonField.Country)
        | FieldSet.Of(JsonField.Asn) | FieldSet.Of(JsonField.Isp) | FieldSet.Of(JsonField.DeviceKind) | FieldSet.Of(JsonField.App)
        | FieldSet.Of(JsonField.Variants);

    private static readonly FieldSet Shown = FieldSet.Of(JsonField.Request)
        | FieldSet.Of(JsonField.Surface) | FieldSet.Of(JsonField.Row) | FieldSet.Of(JsonField.Position);

    private const int SourceHashes = 16;

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
    private readonly (Symbol Symbol, ulong Hash)[] _sourceHashes = new (Symbol, ulong)[SourceHashes];
    private EventContext _said;

    /// <summary>Reads the ids of who, where and which playback.</summary>
    public void ReadIds(in JsonRecord record, ref StreamEvent e)
    {
        FieldSet rest = record.Present;
        if (scratch.KnownRun >= 0)
        {
            ref readonly EnvelopeRun run = ref scratch.Runs[scratch.KnownRun];
            e.Viewer = run.Viewer;
            e.Household = run.Household;
            e.Device = run.Device;
            e.View = run.View;
            e.Visit = run.Visit;
            e.Cdn = run.Cdn;
            rest = rest.Except(run.Seen);
        }

        if (rest.Overlaps(Ids))
        {
            ReadIds(record, rest, ref e);
        }

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
        FieldSet rest = record.Present;
        EventContext said = default;
        if (scratch.KnownRun >= 0)
        {
            ref readonly EnvelopeRun run = ref scratch.Runs[scratch.KnownRun];
            said = run.Context;
            rest = rest.Except(run.Seen);
        }

        if (rest.Overlaps(Dimensions))
        {
            said = ReadDimensions(record, rest, said);
        }

        if (record.Failed)
        {
            return;
        }

        _said = said;
        e.Context = _contexts.Intern(said with { Consent = consent, Version = NdjsonDecoder.SchemaVersion });
        if (record.Has(JsonField.Id))
        {
            e.Id = ids.Event(record);
            e.Flags |= EventFlags.HasId;
        }
        else if (!e.View.IsNone && (e.Flags & EventFlags.HasSequence) != 0)
        {
            e.Id = pseudonymizer.EventFrom(HashOfSource(record, said.Source), e.View, e.Sequence);
        }
        else
        {
            e.Id = _content.Of(record);
        }
    }

    /// <summary>The purposes that the record grants; null if it does not say.</summary>
    public ConsentPurposes? ReadConsent(in JsonRecord record)
    {
        if (!record.Has(JsonField.Consent))
        {
            return null;
        }

        if (scratch.KnownRun >= 0)
        {
            ref readonly EnvelopeRun run = ref scratch.Runs[scratch.KnownRun];
            if (run.Present.Contains(JsonField.Consent))
            {
                return run.Consent;
            }
        }

        return ConsentReader.Read(record);
    }

    /// <summary>The title. Last, so that the titles of refused records take no place in the table of names.</summary>
    public TitleId ReadTitle(in JsonRecord record, EventKind kind)
    {
        if (scratch.KnownRun < 0 || kind == EventKind.Title)
        {
            return ids.Title(record, JsonField.Title, pin: kind == EventKind.Title);
        }

        ref EnvelopeRun run = ref scratch.Runs[scratch.KnownRun];
        if (!run.Present.Contains(JsonField.Title))
        {
            return ids.Title(record, JsonField.Title, pin: false);
        }

        long evicted = vocabulary.Titles.Evicted;
        if (run.TitlesEvicted != evicted && !record.Failed)
        {
            // Perhaps its name was lost. One that the table has no room for is asked for each time, and counted.
            ids.Title(record, JsonField.Title, pin: false);
            run.TitlesEvicted = vocabulary.Titles.Utf8NameOf(run.Title).IsEmpty ? run.TitlesEvicted : evicted;
        }

        return run.Title;
    }

    /// <summary>Remembers what a run of members said, for the next record in which it stands.</summary>
    /// <param name="record">The record, which was accepted.</param>
    /// <param name="e">What was read of it.</param>
    /// <param name="consent">The purposes that it grants.</param>
    public void Remember(in JsonRecord record, in StreamEvent e, ConsentPurposes? consent)
    {
        int index = scratch.Runs.PlaceFor(record.Line[scratch.NewRun.Start..scratch.NewRun.End]);
        if (index < 0)
        {
            return;
        }

        FieldSet seen = new(scratch.NewRun.Members, 0);
        FieldSet present = seen & record.Present;
        var run = new EnvelopeRun
        {
            Seen = seen,
            Present = present,
            Viewer = present.Contains(JsonField.Viewer) ? e.Viewer : default,
            Household = present.Contains(JsonField.Household) ? e.Household : default,
            Device = present.Contains(JsonField.Device) ? e.Device : default,
            View = present.Contains(JsonField.View) ? e.View : default,
            Visit = present.Contains(JsonField.Visit) ? e.Visit : default,
            Title = present.Contains(JsonField.Title) ? e.Title : default,
            TitlesEvicted = vocabulary.Titles.Evicted,
            Context = Of(present, _said),
            Cdn = present.Contains(JsonField.Cdn) ? e.Cdn : default,
            Consent = present.Contains(JsonField.Consent) ? consent ?? default : default,
            Last = scratch.NewRun.Last,
        };

        // What a full table turned away is counted each time, and so must not be remembered.
        EventContext said = run.Context;
        bool isTurnedAway = (run.Cdn == Symbol.Other) | (said.Source == Symbol.Other) | (said.Country == Symbol.Other)
            | (said.Asn == Symbol.Other) | (said.Isp == Symbol.Other) | (said.DeviceKind == Symbol.Other)
            | (said.App == Symbol.Other) | (said.Variants == Symbol.Other);
        if (!isTurnedAway && (run.Title.IsNone || !vocabulary.Titles.Utf8NameOf(run.Title).IsEmpty))
        {
            scratch.Remember(index, record.Line, run);
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

    // Symbol.Other stands for many sources.
    private ulong HashOfSource(in JsonRecord record, Symbol symbol)
    {
        if (symbol == Symbol.Other)
        {
            return pseudonymizer.Source(record.Text(JsonField.Source, RecordLimits.Dimension));
        }

        ref (Symbol Symbol, ulong Hash) known = ref _sourceHashes[symbol.Value & (SourceHashes - 1)];
        if (known.Symbol != symbol || known.Hash == 0)
        {
            known = (symbol, pseudonymizer.Source(record.Text(JsonField.Source, RecordLimits.Dimension)));
        }

        return known.Hash;
    }

    private void ReadIds(in JsonRecord record, FieldSet rest, ref StreamEvent e)
    {
        e.Viewer = rest.Contains(JsonField.Viewer) ? ids.Viewer(record) : e.Viewer;
        e.Household = rest.Contains(JsonField.Household) ? ids.Household(record) : e.Household;
        e.Device = rest.Contains(JsonField.Device) ? ids.Device(record) : e.Device;
        e.View = rest.Contains(JsonField.View) ? ids.View(record) : e.View;
        e.Visit = rest.Contains(JsonField.Visit) ? ids.Visit(record) : e.Visit;
        e.Cdn = rest.Contains(JsonField.Cdn) ? _cdns.Intern(record.Text(JsonField.Cdn, RecordLimits.Dimension)) : e.Cdn;
    }

    private EventContext ReadDimensions(in JsonRecord record, FieldSet rest, in EventContext known) => new(
        Dimension(record, rest, JsonField.Source, _sources, known.Source),
        Dimension(record, rest, JsonField.Country, _countries, known.Country),
        rest.Contains(JsonField.Asn) ? ReadAsn(record) : known.Asn,
        Dimension(record, rest, JsonField.Isp, _isps, known.Isp),
        Dimension(record, rest, JsonField.DeviceKind, _deviceKinds, known.DeviceKind),
        Dimension(record, rest, JsonField.App, _apps, known.App),
        rest.Contains(JsonField.Variants) ? _variants.Read(record) : known.Variants,
        ConsentPurposes.None,
        0);

    private static Symbol Dimension(in JsonRecord record, FieldSet rest, JsonField field, SymbolCache cache, Symbol known) =>
        rest.Contains(field) ? cache.Intern(record.Text(field, RecordLimits.Dimension)) : known;

    private static EventContext Of(FieldSet members, in EventContext said) => new(
        members.Contains(JsonField.Source) ? said.Source : default,
        members.Contains(JsonField.Country) ? said.Country : default,
        members.Contains(JsonField.Asn) ? said.Asn : default,
        members.Contains(JsonField.Isp) ? said.Isp : default,
        members.Contains(JsonField.DeviceKind) ? said.DeviceKind : default,
        members.Contains(JsonField.App) ? said.App : default,
        members.Contains(JsonField.Variants) ? said.Variants : default,
        ConsentPurposes.None,
        0);

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
