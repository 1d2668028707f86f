using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;

namespace StreamSense.Ml.Training.Joins;

/// <summary>Records in memory what a shard gives, to be gone through again.</summary>
/// <remarks>
/// <para>Put it beside what keeps the features (<c>FollowWith</c>, <c>ObserveViews</c>, <c>FollowSessions</c>). With one shard both see one
/// order. With several, whose calls interleave, give it what keeps the features as <paramref name="behind"/>: it is then called within the
/// recording's turn, so that recording and features agree on the order.</para>
/// <para>Bounded: about 130 bytes an event and 120 a fact, and their texts. When it is full it records nothing more, so that what it has
/// is always a whole beginning; what was left out is counted. Thread-safe; a replay holds up recording.</para>
/// </remarks>
/// <param name="maxItems">How many events, facts and sessions are recorded at most.</param>
/// <param name="behind">What else takes each of them; null for nothing.</param>
public sealed class EventRecording(int maxItems = 10_000_000, ReplayTarget? behind = null) : IHistoryConsumer, IEventHistory
{
    private readonly Lock _turn = new();
    private readonly List<Run> _runs = [];
    private readonly RecordedItems<StreamEvent> _events = new();
    private readonly RecordedItems<ViewFact> _facts = new();
    private readonly List<(PlaybackSession Session, WatchedRange[] Watched)> _sessions = [];
    private readonly RecordedTexts _texts = new();
    private long _leftOut;

    private enum RunKind : byte
    {
        Events,
        Facts,
        Session,
        Retraction,
    }

    /// <summary>How many events, facts and sessions are recorded.</summary>
    public long Count
    {
        get
        {
            lock (_turn)
            {
                return Items;
            }
        }
    }

    /// <summary>How many came when it was full.</summary>
    public long LeftOut => Interlocked.Read(ref _leftOut);

    private long Items => _events.Count + _facts.Count + _sessions.Count;

    /// <inheritdoc/>
    public void Consume(in EventBatch batch)
    {
        lock (_turn)
        {
            if (HasRoom(batch.Events.Length))
            {
                _runs.Add(new Run(RunKind.Events, batch.Events.Length));
                foreach (ref readonly StreamEvent streamEvent in batch.Events)
                {
                    StreamEvent kept = streamEvent;
                    kept.Annex = _texts.Add(batch.AnnexOf(streamEvent));
                    _events.Add(kept);
                }
            }

            behind?.Consume(batch);
        }
    }

    /// <inheritdoc/>
    public void Consume(ReadOnlySpan<ViewFact> facts)
    {
        lock (_turn)
        {
            if (HasRoom(facts.Length))
            {
                _runs.Add(new Run(RunKind.Facts, facts.Length));
                foreach (ref readonly ViewFact fact in facts)
                {
                    _facts.Add(fact);
                }
            }

            behind?.Consume(facts);
        }
    }

    /// <inheritdoc/>
    public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        lock (_turn)
        {
            Record(RunKind.Session, session, watched);
            behind?.Add(session, watched);
        }
    }

    /// <inheritdoc/>
    public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        lock (_turn)
        {
            Record(RunKind.Retraction, session, watched);
            behind?.Retract(session, watched);
        }
    }

    /// <inheritdoc/>
    public void Replay(IHistoryConsumer consumer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        lock (_turn)
        {
            int events = 0;
            int facts = 0;
            int sessions = 0;
            foreach (Run run in _runs)
            {
                cancellationToken.ThrowIfCancellationRequested();
                switch (run.Kind)
                {
                    case RunKind.Events:
                        consumer.Consume(new EventBatch(events, _events.Slice(events, run.Length), _texts));
                        events += run.Length;
                        break;
                    case RunKind.Facts:
                        consumer.Consume(_facts.Slice(facts, run.Length));
                        facts += run.Length;
                        break;
                    case RunKind.Session:
                        consumer.Add(_sessions[sessions].Session, _sessions[sessions].Watched);
                        sessions++;
                        break;
                    default:
                        consumer.Retract(_sessions[sessions].Session, _sessions[sessions].Watched);
                        sessions++;
                        break;
                }
            }
        }
    }

    private void Record(RunKind kind, in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        if (HasRoom(1))
        {
            _runs.Add(new Run(kind, 1));
            _sessions.Add((session, watched.ToArray()));
        }
    }

    private bool HasRoom(int items)
    {
        if (_leftOut == 0 && Items + items <= maxItems)
        {
            return items > 0;
        }

        Interlocked.Add(ref _leftOut, items);
        return false;
    }

    private readonly record struct Run(RunKind Kind, int Length);
}
