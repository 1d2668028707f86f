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
    ConsentDoor consent,
    AssumedOrigin assumed)
{
    private static readonly FieldSet KindAndTime = FieldSet.Of(JsonField.Kind) | FieldSet.Of(JsonField.Time);

    private static readonly FieldSet[] Sets =
        Array.ConvertAll(Enum.GetValues<EventMember>(), member => member == 0 ? default : FieldSet.Of(MemberTable.FieldOf(member)));

    private readonly MemberReader _members = new(vocabulary, pseudonymizer, options, texts);
    private readonly JsonLine _annex = new();

    /// <summary>Reads an event.</summary>
    /// <param name="body">The body of the batch.</param>
    /// <param name="at">Where the event begins; where it ends, if it was read.</param>
    /// <param name="receivedAt">When the host received it; default if the host does not know.</param>
    /// <param name="e">The event.</param>
    /// <param name="annex">Its annex; valid until the next call.</param>
    /// <returns>Whether it is plain.</returns>
    public bool TryRead(ReadOnlySpan<byte> body, ref int at, EventTime receivedAt, out StreamEvent e, out ReadOnlySpan<byte> annex)
    {
        annex = default;
        Unsafe.SkipInit(out e);
        var cursor = new ValueCursor(body, at);
        if (!cursor.TryCount(MessagePackCodes.FixArray, MessagePackCodes.Array16, out int elements)
            || elements != BatchFormat.EventElements
            || !cursor.TryWhole(out long place)
            || (ulong)place >= (ulong)rows.Count)
        {
            return false;
        }

        ref readonly PlainRow row = ref plainRows.Get(body, (int)place);
        if (!row.IsPlain || !cursor.TryWhole(out long kind) || !PayloadPlan.Has(kind))
        {
            return false;
        }

        e = row.Event;
        e.Kind = (EventKind)kind;
        e.Payload = PayloadPlan.BlankOf(e.Kind);
        FieldSet present = row.Present | KindAndTime;
        var draft = new PlainDraft();
        if (!MemberReader.TryInstant(ref cursor, out draft.Time)
            || !TryReadMembers(body, ref cursor, ref e, ref draft, ref present)
            || KindRequirements.FirstMissing(e.Kind, present, out _) != JsonField.Count
            || (e.Kind == EventKind.Rating && !IsOnItsScale(ref e.PayloadAs<RatingPayload>()))
            || !TrySetTimes(receivedAt, draft, ref e)
            || !TryIdentify(row.SourceHash, draft, ref e)
            || !TryDecideConsent(row, ref e))
        {
            return false;
        }

        assumed.FillContext(ref e);

        // Last, so that the titles of refused records take no place in the table of names.
        e.Title = _members.Title(draft);
        assumed.FillTitle(ref e);
        annex = WriteAnnex(draft, e.Kind);
        at = cursor.At;
        return true;
    }

    private bool TryReadMembers(
        ReadOnlySpan<byte> body, scoped ref ValueCursor cursor, ref StreamEvent e, ref PlainDraft draft, ref FieldSet present)
    {
        if (!cursor.TryCount(MessagePackCodes.FixMap, MessagePackCodes.Map16, out int count))
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            if (!cursor.TrySmall(out byte key))
            {
                return false;
            }

            if (key >= MemberTable.Count)
            {
                // A member that a later release knows.
                if (!cursor.TrySkip())
                {
                    return false;
                }

                continue;
            }

            FieldSet field = Sets[key];
            if (present.Overlaps(field) || !_members.TryRead(body, ref cursor, key, ref e, ref draft))
            {
                return false;
            }

            present |= field;
        }

        return true;
    }

    // What may not be measured, or only in aggregate, is no plain event.
    private bool TryDecideConsent(in PlainRow row, ref StreamEvent e)
    {
        assumed.FillIds(ref e);
        ConsentPurposes? stated = row.Present.Contains(JsonField.Consent) ? row.Context.Consent : null;
        ConsentPurposes decided = consent.Decide(ref e, stated);
        if (!options.TrustPseudonyms && (!consent.MayPass(e.Kind, decided, out bool isAggregate) || isAggregate))
        {
            return false;
        }

        if (decided != row.Context.Consent)
        {
            e.Context = plainRows.ContextFor(row, decided);
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

    private bool TryIdentify(ulong sourceHash, scoped in PlainDraft draft, ref StreamEvent e)
    {
        e.Flags |= options.TrustPseudonyms ? EventFlags.Replayed : EventFlags.None;
        if (draft.IdBits != 0 || !draft.Id.IsEmpty)
        {
            e.Id = draft.IdBits != 0 ? new EventId(draft.IdBits) : pseudonymizer.EventFrom(draft.Id);
            e.Flags |= EventFlags.HasId;
            return true;
        }

        // What is known by nothing but its content is hashed as NDJSON.
        if (e.View.IsNone || (e.Flags & EventFlags.HasSequence) == 0)
        {
            return false;
        }

        e.Id = pseudonymizer.EventFrom(sourceHash, e.View, e.Sequence);
        return true;
    }

    private ReadOnlySpan<byte> WriteAnnex(scoped in PlainDraft draft, EventKind kind)
    {
        bool keepsId = options.KeepEventIdText && !draft.Id.IsEmpty;
        if (!keepsId && draft.FirstText.IsEmpty && draft.SecondText.IsEmpty)
        {
            return default;
        }

        _annex.Clear();
        _annex.Text(JsonField.Id, keepsId ? draft.Id : default);
        JsonField first = kind switch
        {
            EventKind.Search => JsonField.Query,
            EventKind.Error => JsonField.Code,
            EventKind.SocialMention => JsonField.Text,
            _ => JsonField.Topic,
        };
        _annex.Text(first, draft.FirstText);
        _annex.Text(JsonField.Message, draft.SecondText);
        return _annex.Written;
    }

    private static bool IsIn(long time, long latest) => time >= EventTime.Earliest.UnixMicroseconds && time <= latest;

    private static int Milliseconds(long microseconds) =>
        (int)Math.Clamp(microseconds / EventTime.MicrosecondsPerMillisecond, -int.MaxValue, int.MaxValue);
}
