using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>What is remembered of the playback sessions that report by CMCD; one object for all requests of a pipeline.</summary>
/// <remarks>
/// <para>
/// CMCD reports levels (the player is paused), canonical events are changes, so that a record can be read only after those sent before it.
/// Players post each record in a request of its own, and requests overtake each other: records are put in the order of their <c>sn</c>
/// here. One that comes early waits (bounded in number and time) for those before it; what waits too long goes on without them. A player
/// that begins to count anew under the same <c>sid</c> (another source was loaded) begins a new view.
/// </para>
/// <para>
/// Events carry a sequence of their own, contiguous within (source, view). The id of an event is made of source, view, <c>sn</c> and the
/// event's place among those of its record, so that a record sent again is known as a duplicate. Thread-safe: one lock, held for a
/// record at a time.
/// </para>
/// </remarks>
public sealed class CmcdSessions
{
    // Ids of the events of one record: its number times this, plus their place.
    private const int EventsPerRecord = 8;
    private const long MaxNumber = uint.MaxValue / EventsPerRecord;

    private readonly Lock _lock = new();
    private readonly CmcdSessionTable _table;
    private readonly CmcdHeldRecords _held;
    private readonly CmcdMapper _mapper;
    private readonly CmcdBatch _batch = new();
    private readonly CmcdScratch _scratch = new();
    private readonly byte[] _sid = new byte[RecordLimits.Id + 16];
    private long _ignoredKeys;

    /// <summary>Creates an empty memory.</summary>
    /// <param name="vocabulary">Takes the names of titles and dimensions.</param>
    /// <param name="pseudonymizer">Turns ids into pseudonyms.</param>
    /// <param name="options">How to read; copied. Null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public CmcdSessions(Vocabulary vocabulary, Pseudonymizer pseudonymizer, CmcdOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(pseudonymizer);
        Options = (options ?? new CmcdOptions()).Copy();
        CmcdOptions.Validate(Options);
        Vocabulary = vocabulary;
        Pseudonymizer = pseudonymizer;
        _table = new CmcdSessionTable(Options.MaxSessions);
        _held = new CmcdHeldRecords(Options.MaxHeldRecords);
        _mapper = new CmcdMapper(vocabulary, pseudonymizer);
    }

    /// <summary>How many sessions are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _table.Count;
            }
        }
    }

    /// <summary>How many records wait for one that was sent before them.</summary>
    public int Held
    {
        get
        {
            lock (_lock)
            {
                return _held.Count;
            }
        }
    }

    /// <summary>How many sessions were forgotten to make room for others.</summary>
    public long Forgotten
    {
        get
        {
            lock (_lock)
            {
                return _table.Forgotten;
            }
        }
    }

    /// <summary>How many values of known keys had the wrong type and were passed over.</summary>
    public long IgnoredKeys => Interlocked.Read(ref _ignoredKeys);

    internal CmcdOptions Options { get; }

    internal Vocabulary Vocabulary { get; }

    internal Pseudonymizer Pseudonymizer { get; }

    /// <summary>Takes a record whose required keys have been checked.</summary>
    internal RecordOutcome Accept(ref CmcdRecord record, EventTime stamp, in CmcdOrigin origin, RecordTaker taker)
    {
        lock (_lock)
        {
            Interlocked.Add(ref _ignoredKeys, record.Ignored);
            int index = FindOrAdd(ref record, origin, taker);
            ref CmcdSessionTable.Slot slot = ref _table[index];
            if (!TryNumberOf(ref record, out long number))
            {
                // A player that does not count: its records are taken in the order in which they come.
                return Apply(ref record, number: -1, stamp, origin, ref slot, taker);
            }

            BeginRunIfNew(ref record, number, stamp, ref slot);
            if (slot.IsKnown ? number > slot.Session.NextNumber : number > 0)
            {
                return Hold(ref record, number, index, origin, taker);
            }

            RecordOutcome outcome = Apply(ref record, number, stamp, origin, ref slot, taker);
            if (outcome is not RecordOutcome.Full)
            {
                ReleaseRun(index, force: false, taker);
            }

            return outcome;
        }
    }

    /// <summary>Gives up waiting for what has been missing too long.</summary>
    internal void ReleaseOverdue(EventTime now, RecordTaker taker)
    {
        lock (_lock)
        {
            while (_held.Earliest >= 0 && now - _held[_held.Earliest].Origin.ReceivedAt >= Options.GapTimeout)
            {
                if (!ReleaseRun(_held[_held.Earliest].SlotIndex, force: true, taker))
                {
                    return;
                }
            }
        }
    }

    /// <summary>Gives up waiting for anything.</summary>
    internal void ReleaseAll(RecordTaker taker)
    {
        lock (_lock)
        {
            while (_held.Earliest >= 0 && ReleaseRun(_held[_held.Earliest].SlotIndex, force: true, taker))
            {
            }
        }
    }

    private static bool TryNumberOf(ref CmcdRecord record, out long number) => record.TryReadNumber(CmcdKey.Sn, MaxNumber, out number);

    private ReadOnlySpan<byte> SidOf(ref CmcdRecord record) => record.ReadText(CmcdKey.Sid, RecordLimits.Id);

    private int FindOrAdd(ref CmcdRecord record, in CmcdOrigin origin, RecordTaker taker)
    {
        ViewId view = Pseudonymizer.View(SidOf(ref record));
        ulong key = view.Value ^ ((ulong)origin.Source.Value << 48);
        if (_table.TryFind(key, out int index))
        {
            return index;
        }

        // What waits for the session that must go cannot wait any longer; if there is no room for it either, it is dropped and counted.
        int oldest = _table.Oldest;
        while (oldest >= 0 && _table[oldest].FirstHeld >= 0)
        {
            if (!ReleaseRun(oldest, force: true, taker))
            {
                _held.RemoveFirst(ref _table[oldest]);
                taker.Released(WriteOutcome.Dropped);
            }
        }

        index = _table.Add(key);
        _table[index].Session = new CmcdSession { View = view, Title = origin.Title };
        return index;
    }

    // The same number or a lower one, yet stamped later than anything before: no retry and no straggler, but a player that counts anew.
    private void BeginRunIfNew(ref CmcdRecord record, long number, EventTime stamp, ref CmcdSessionTable.Slot slot)
    {
        ref CmcdSession session = ref slot.Session;
        if (!slot.IsKnown || number >= session.NextNumber || stamp.UnixMicroseconds <= session.LastStamp
            || record[CmcdKey.E].Raw.SequenceEqual("rr"u8) || slot.FirstHeld >= 0)
        {
            return;
        }

        int run = session.Run + 1;
        ReadOnlySpan<byte> sid = SidOf(ref record);
        sid.CopyTo(_sid);
        _sid[sid.Length] = (byte)'#';
        System.Buffers.Text.Utf8Formatter.TryFormat(run, _sid.AsSpan(sid.Length + 1), out int digits);
        session = new CmcdSession
        {
            Run = run,
            View = Pseudonymizer.View(_sid.AsSpan(0, sid.Length + 1 + digits)),
        };
        slot.IsKnown = false;
    }

    private RecordOutcome Hold(ref CmcdRecord record, long number, int index, in CmcdOrigin origin, RecordTaker taker)
    {
        while (_held.IsFull)
        {
            if (!ReleaseRun(_held[_held.Earliest].SlotIndex, force: true, taker))
            {
                return RecordOutcome.Full;
            }
        }

        ref CmcdSessionTable.Slot slot = ref _table[index];
        _held.Add(ref slot, index, number, record.Text, origin);
        if (slot.HeldCount > Options.MaxHeldPerSession)
        {
            ReleaseRun(index, force: true, taker);
        }

        return RecordOutcome.Held;
    }

    /// <summary>Hands on the records of a session that wait for nothing more, or the first of them whatever it waits for.</summary>
    /// <returns>False if there was no room for them.</returns>
    private bool ReleaseRun(int index, bool force, RecordTaker taker)
    {
        ref CmcdSessionTable.Slot slot = ref _table[index];
        while (slot.FirstHeld >= 0 && (force || _held[slot.FirstHeld].Number <= slot.Session.NextNumber))
        {
            ref CmcdHeldRecords.Held held = ref _held[slot.FirstHeld];
            CmcdRecord.TryScan(held.Bytes.AsSpan(0, held.Length), _scratch, out CmcdRecord record);
            record.TryReadNumber(CmcdKey.Ts, long.MaxValue / 1000, out long stamp, power: 3);
            RecordOutcome outcome = Apply(ref record, held.Number, new EventTime(stamp), held.Origin, ref slot, taker);
            if (outcome == RecordOutcome.Full)
            {
                return false;
            }

            taker.Released(outcome == RecordOutcome.Written ? WriteOutcome.Written : WriteOutcome.Dropped);
            _held.RemoveFirst(ref slot);
            force = false;
        }

        return true;
    }

    private RecordOutcome Apply(
        ref CmcdRecord record,
        long number,
        EventTime stamp,
        in CmcdOrigin origin,
        ref CmcdSessionTable.Slot slot,
        RecordTaker taker)
    {
        CmcdSession session = slot.Session;
        bool isPast = slot.IsKnown && number >= 0 && number < session.NextNumber;
        bool isNew = !slot.IsKnown;
        if (isNew && number > 1)
        {
            // The first record heard of a session that has been under way: what came before may have been counted by an earlier process.
            session.NextSequence = (uint)number * EventsPerRecord;
        }

        StreamEvent template = TemplateOf(ref record, stamp, origin, ref session);
        if (isPast)
        {
            CmcdMapper.MapPast(ref record, template, _batch);
        }
        else
        {
            _mapper.Map(ref record, template, ref session, _batch);
            session.NextNumber = Math.Max(session.NextNumber, number + 1);
            session.LastStamp = Math.Max(session.LastStamp, stamp.UnixMicroseconds);
        }

        Number(ref record, number, isPast, ref session);
        RecordOutcome outcome = taker.WriteAll(_batch);
        if (outcome is RecordOutcome.Written or RecordOutcome.Dropped && !isPast)
        {
            slot.Session = session;
            slot.IsKnown |= number >= 0;
        }

        return outcome;
    }

    private StreamEvent TemplateOf(ref CmcdRecord record, EventTime stamp, in CmcdOrigin origin, ref CmcdSession session)
    {
        ReadOnlySpan<byte> kind = record[CmcdKey.E].Raw;
        bool isContentId = kind is not ([(byte)'a', ..] or [(byte)'s', (byte)'k']);
        if (isContentId && (session.Title.IsNone || kind.SequenceEqual("c"u8)))
        {
            ReadOnlySpan<byte> title = record.ReadText(CmcdKey.Cid, RecordLimits.Id);
            session.Title = !title.IsEmpty ? Vocabulary.Titles.Note(title)
                : !session.Title.IsNone ? session.Title
                : !origin.Title.IsNone ? origin.Title
                : Vocabulary.Titles.Note("unknown"u8);
        }

        long time = stamp.UnixMicroseconds;
        if (!kind.SequenceEqual("rr"u8))
        {
            time = Math.Max(time, session.LastTime);
            session.LastTime = time;
        }

        long after = origin.ReceivedAt == default ? 0 : origin.ReceivedAt.UnixMicroseconds - time;
        after /= EventTime.MicrosecondsPerMillisecond;
        return new StreamEvent
        {
            Time = new EventTime(time),
            ReceivedAfterMilliseconds = (int)Math.Clamp(after, -int.MaxValue, int.MaxValue),
            View = session.View,
            Title = session.Title,
            Viewer = origin.Viewer,
            Household = origin.Household,
            Device = origin.Device,
            Context = origin.Context,
            Cdn = origin.Cdn,
        };
    }

    /// <summary>Gives the events of a record their ids and places.</summary>
    private void Number(ref CmcdRecord record, long number, bool isPast, ref CmcdSession session)
    {
        ReadOnlySpan<byte> source = Vocabulary.Sources.Utf8NameOf(Vocabulary.Contexts[_batch.Events[0].Context].Source);
        ulong content = number < 0 ? Pseudonymizer.EventFromContent(record.Text).Value : 0;
        for (int i = 0; i < _batch.Count; i++)
        {
            ref StreamEvent e = ref _batch.Events[i];
            e.Id = number < 0
                ? new EventId(Math.Max(1, content + (ulong)i))
                : Pseudonymizer.EventFrom(source, session.View, ((uint)number * EventsPerRecord) + (uint)i);
            e.Flags |= i > 0 ? EventFlags.Derived : EventFlags.None;
            e.Flags |= EventFlags.HasSequence;
            e.Sequence = isPast ? Math.Max(1, session.NextSequence) - 1 : session.NextSequence++;
        }
    }
}
