using System.Numerics;
using System.Runtime.CompilerServices;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>Reads plain events directly: those that have nothing wrong and nothing unusual.</summary>
/// <remarks>
/// It only ever accepts: whatever it is not sure of takes the general way, where the same rules find the reason in words. One thread at
/// a time.
/// </remarks>
internal sealed class PlainEvents(
    Vocabulary vocabulary,
    Pseudonymizer pseudonymizer,
    NdjsonOptions options,
    BatchTexts texts,
    BatchRows rows,
    PlainRows plainRows,
    RecordText lines,
    ConsentDoor consent,
    AssumedOrigin assumed)
{
    private static readonly FieldSet KindAndTime = FieldSet.Of(JsonField.Kind) | FieldSet.Of(JsonField.Time);

    private readonly MemberReader _members = new(vocabulary, pseudonymizer, options, texts);
    private readonly PlainContent _content = new(pseudonymizer, texts, rows, lines);
    private readonly JsonLine _annex = new();

    // Events wait until there are so many that their ids are made together; of the places in views the first words, second, third.
    private readonly StreamEvent[] _held = new StreamEvent[SipHashLanes.Count];
    private readonly ulong[] _places = new ulong[3 * SipHashLanes.Count];
    private int _placed;

    /// <summary>Begins a batch.</summary>
    public void Begin()
    {
        plainRows.Begin();
        _content.Begin();
    }

    /// <summary>Reads events and hands them over, up to the first that is not plain.</summary>
    /// <param name="body">The body of the batch.</param>
    /// <param name="at">Where the first begins; where the first begins that has not been read.</param>
    /// <param name="most">How many there are.</param>
    /// <param name="receivedAt">When the host received them; default if the host does not know.</param>
    /// <param name="taker">Takes them.</param>
    /// <returns>How many were read.</returns>
    public int ReadAll(ReadOnlySpan<byte> body, ref int at, int most, EventTime receivedAt, RecordTaker taker)
    {
        int read = 0;
        int held = 0;
        while (read < most && !taker.IsFull && TryRead(body, ref at, receivedAt, held, out bool hasAnnex))
        {
            read++;
            held++;
            if (hasAnnex || held == _held.Length)
            {
                HandOver(held, hasAnnex, taker);
                held = 0;
            }
        }

        HandOver(held, hasAnnex: false, taker);
        return read;
    }

    // Of the events that are held only the last may have an annex: there is room for one.
    private void HandOver(int held, bool hasAnnex, RecordTaker taker)
    {
        Identify();
        for (int i = 0; i < held; i++)
        {
            if (taker.TryOffer())
            {
                taker.Write(_held[i], hasAnnex && i == held - 1 ? _annex.Written : default, default, taker.Record);
            }
        }
    }

    // The ids of the events that are known by their places in views.
    private void Identify()
    {
        if (_placed == 0)
        {
            return;
        }

        Span<ulong> ids = stackalloc ulong[SipHashLanes.Count];
        pseudonymizer.EventsFrom(_places, ids);
        for (int placed = _placed; placed != 0; placed &= placed - 1)
        {
            int i = BitOperations.TrailingZeroCount(placed);
            _held[i].Id = new EventId(ids[i]);
        }

        _placed = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryRead(ReadOnlySpan<byte> body, ref int at, EventTime receivedAt, int held, out bool hasAnnex)
    {
        hasAnnex = false;
        int next = at + 1;
        if ((uint)at >= (uint)body.Length
            || body[at] != (MessagePackCodes.FixArray | BatchFormat.EventElements)
            || !ValueCursor.TryWhole(body, ref next, out long place)
            || (ulong)place >= (ulong)rows.Count)
        {
            return false;
        }

        ref readonly PlainRow row = ref plainRows.Get(body, (int)place);
        if (row.State != PlainRow.RowState.Plain || !ValueCursor.TryWhole(body, ref next, out long kind) || !PayloadPlan.Has(kind))
        {
            return false;
        }

        ref readonly PayloadPlan.KindPlan plan = ref PayloadPlan.Of((EventKind)kind);

        ref StreamEvent e = ref _held[held];
        Begin(row, (EventKind)kind, ref e);
        e.Payload = plan.Blank;
        FieldSet present = row.Present | KindAndTime;
        var draft = new PlainDraft();
        int timeAt = next;
        if (!TryReadTime(body, ref next, ref draft)
            || !TryReadMembers(body, ref next, ref e, ref draft, ref present)
            || !plan.IsComplete(present)
            || (e.Kind == EventKind.Rating && !IsOnItsScale(ref e.PayloadAs<RatingPayload>()))
            || !TrySetTimes(receivedAt, draft, ref e)
            || !TryDecideConsent(row, (int)place, ref e)
            || !(TryIdentify(body, row.SourceHash, draft, held, ref e)
                || _content.TryIdentify(body, (int)place, row.Present, timeAt, e.Kind, present.Except(row.Present), out e.Id)))
        {
            return false;
        }

        assumed.FillContext(ref e);

        // Last, so that the titles of refused records take no place in the table of names.
        e.Title = _members.Title(body, draft);
        assumed.FillTitle(ref e);
        hasAnnex = TryWriteAnnex(body, draft, e.Kind);
        at = next;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Begin(in PlainRow row, EventKind kind, ref StreamEvent e)
    {
        e.Viewer = row.Viewer;
        e.Household = row.Household;
        e.Device = row.Device;
        e.View = row.View;
        e.Visit = row.Visit;
        e.Sequence = 0;
        e.Context = row.Context;
        e.Cdn = row.Cdn;
        e.Kind = kind;
        e.Flags = EventFlags.None;
        e.Annex = default;
    }

    private bool TryReadTime(ReadOnlySpan<byte> body, ref int next, ref PlainDraft draft)
    {
        int start = next;
        if (ValueCursor.TryWhole(body, ref next, out long milliseconds))
        {
            // The limit is far above every calendar.
            draft.Time = milliseconds * EventTime.MicrosecondsPerMillisecond;
            return (ulong)milliseconds < (1UL << 48);
        }

        var cursor = new ValueCursor(body, start);
        bool isTime = _members.TryTime(ref cursor, out draft.Time);
        next = cursor.At;
        return isTime;
    }

    private bool TryReadMembers(
        ReadOnlySpan<byte> body, ref int next, ref StreamEvent e, ref PlainDraft draft, ref FieldSet present)
    {
        var cursor = new ValueCursor(body, next);
        bool isMap = cursor.TryCount(MessagePackCodes.FixMap, MessagePackCodes.Map16, out int count);
        next = cursor.At;
        return isMap && _members.TryReadAll(body, ref next, count, ref e, ref draft, ref present);
    }

    // What may not be measured, or only in aggregate, is no plain event.
    private bool TryDecideConsent(in PlainRow row, int place, ref StreamEvent e)
    {
        assumed.FillIds(ref e);
        ConsentPurposes? stated = row.Present.Contains(JsonField.Consent) ? row.Consent : null;
        ConsentPurposes decided = consent.Decide(ref e, stated);
        if (!options.TrustPseudonyms && (!consent.MayPass(e.Kind, decided, out bool isAggregate) || isAggregate))
        {
            return false;
        }

        if (decided != row.Consent)
        {
            e.Context = plainRows.ContextFor(place, decided);
        }

        return true;
    }

    private static bool IsOnItsScale(ref RatingPayload rating)
    {
        (rating.Minimum, rating.Maximum) = RatingScales.BoundsOf(rating.Scale);
        return rating.Value >= rating.Minimum && rating.Value <= rating.Maximum;
    }

    private bool TrySetTimes(EventTime receivedAt, scoped in PlainDraft draft, ref StreamEvent e)
    {
        long received = receivedAt != default ? receivedAt.UnixMicroseconds : options.TrustReceived ? draft.Received : Absent.Time;
        bool isReceived = received != Absent.Time;
        long latest = EventTime.Latest.UnixMicroseconds - 1;
        if (isReceived && !IsIn(received, latest))
        {
            return false;
        }

        latest = isReceived ? Math.Min(latest, received + (24 * 3600 * EventTime.MicrosecondsPerSecond)) : latest;
        bool isSent = draft.Sent != Absent.Time;
        if (!IsIn(draft.Time, latest) || (isSent && !IsIn(draft.Sent, latest)))
        {
            return false;
        }

        bool isClockKnown = isReceived && isSent;
        e.Flags |= isClockKnown ? EventFlags.ClockKnown : EventFlags.None;
        long corrected = isClockKnown ? draft.Time + received - draft.Sent : draft.Time;
        e.Time = new EventTime(corrected);
        e.CorrectionMilliseconds = Milliseconds(corrected - draft.Time);
        e.ReceivedAfterMilliseconds = isReceived ? Milliseconds(received - corrected) : 0;
        return IsIn(corrected, latest);
    }

    private bool TryIdentify(
        ReadOnlySpan<byte> body, ulong sourceHash, scoped in PlainDraft draft, int held, ref StreamEvent e)
    {
        e.Flags |= options.TrustPseudonyms ? EventFlags.Replayed : EventFlags.None;
        if (draft.IdBits != 0 || draft.Id.Length != 0)
        {
            e.Id = draft.IdBits != 0 ? new EventId(draft.IdBits) : pseudonymizer.EventFrom(draft.Id.In(body));
            e.Flags |= EventFlags.HasId;
            return true;
        }

        // Else it is known by nothing but its content.
        if (e.View.IsNone || (e.Flags & EventFlags.HasSequence) == 0)
        {
            return false;
        }

        if (SipHashLanes.IsSupported)
        {
            Span<ulong> places = _places.AsSpan(held);
            (places[0], places[SipHashLanes.Count], places[2 * SipHashLanes.Count]) =
                Pseudonymizer.PlaceOf(sourceHash, e.View, e.Sequence);
            _placed |= 1 << held;
        }
        else
        {
            e.Id = pseudonymizer.EventFrom(sourceHash, e.View, e.Sequence);
        }

        return true;
    }

    private bool TryWriteAnnex(ReadOnlySpan<byte> body, scoped in PlainDraft draft, EventKind kind)
    {
        bool keepsId = options.KeepEventIdText && draft.Id.Length != 0;
        if (!keepsId && (draft.FirstText.Length | draft.SecondText.Length) == 0)
        {
            return false;
        }

        _annex.Clear();
        _annex.Text(JsonField.Id, keepsId ? draft.Id.In(body) : default);
        JsonField first = kind switch
        {
            EventKind.Search => JsonField.Query,
            EventKind.Error => JsonField.Code,
            EventKind.SocialMention => JsonField.Text,
            _ => JsonField.Topic,
        };
        _annex.Text(first, draft.FirstText.In(body));
        _annex.Text(JsonField.Message, draft.SecondText.In(body));
        return true;
    }

    private static bool IsIn(long time, long latest) => time >= EventTime.Earliest.UnixMicroseconds && time <= latest;

    private static int Milliseconds(long microseconds) =>
        (int)Math.Clamp(microseconds / EventTime.MicrosecondsPerMillisecond, -int.MaxValue, int.MaxValue);
}
