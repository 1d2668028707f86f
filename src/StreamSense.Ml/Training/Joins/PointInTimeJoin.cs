using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Ranking.Decisions;

namespace StreamSense.Ml.Training.Joins;

/// <summary>Rebuilds the features of past rankings from recorded events: what serving would have read at that moment.</summary>
/// <remarks>
/// <para>Goes through the history once, into features that are kept afresh, and stops at the moment of each ranking to read them. By
/// position
/// the result equals what was logged bit for bit, as long as no fact was applied between the reading of the position and of the features;
/// by time it holds what the stream had seen by then and nothing later, so that nothing leaks from the future.</para>
/// <para>Deterministic. One thread at a time.</para>
/// </remarks>
public sealed class PointInTimeJoin
{
    private readonly IEventHistory _history;
    private readonly Func<ReplayTarget> _targets;
    private readonly PointInTimeOptions _options;

    /// <summary>Prepares to rebuild.</summary>
    /// <param name="history">The recorded events.</param>
    /// <param name="targets">Makes what keeps the features, empty.</param>
    /// <param name="options">The bounds; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public PointInTimeJoin(IEventHistory history, Func<ReplayTarget> targets, PointInTimeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(targets);
        _history = history;
        _targets = targets;
        _options = options ?? new PointInTimeOptions();
        _options.Validate();
    }

    /// <summary>Rebuilds the features of rankings.</summary>
    /// <param name="decisions">The rankings, nearly in order of their moments.</param>
    /// <param name="visitor">Takes each with its features, in order of their moments.</param>
    /// <param name="cancellationToken">Ends the replay.</param>
    /// <returns>What became of them.</returns>
    /// <exception cref="OperationCanceledException">The token was set.</exception>
    public PointInTimeCounts Rebuild(IDecisionReader decisions, RebuiltVisitor visitor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        ArgumentNullException.ThrowIfNull(visitor);
        using ReplayTarget target = _targets();
        var walk = new Walk(target, new PendingRankings(decisions, _options), _options.By, visitor);
        _history.Replay(walk, cancellationToken);
        return walk.End();
    }

    /// <summary>Plays the history into the features, and stops where a ranking was made.</summary>
    private sealed class Walk(ReplayTarget target, PendingRankings pending, PointInTimeBy by, RebuiltVisitor visitor) : IHistoryConsumer
    {
        private float[] _columns = [];
        private long _rebuilt;
        private long _missed;
        private long _beyond;
        private long _latest = long.MinValue;

        private long Position => target.Reader.Position;

        public void Consume(in EventBatch batch)
        {
            if (by == PointInTimeBy.Position && !target.CountsEvents)
            {
                target.Consume(batch);
                return;
            }

            int start = 0;
            while (start < batch.Events.Length)
            {
                int length = by == PointInTimeBy.Position ? StopByPosition(batch.Events.Length - start) : StopByTime(batch.Events[start..]);
                target.Consume(batch.Slice(start, length));
                start += length;
            }
        }

        public void Consume(ReadOnlySpan<ViewFact> facts)
        {
            while (!facts.IsEmpty)
            {
                int length = by == PointInTimeBy.Position ? StopByPosition(facts.Length) : StopByTime(facts);
                target.Consume(facts[..length]);
                facts = facts[length..];
            }
        }

        public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
        {
            StopBeforeSession();
            target.Add(session, watched);
        }

        public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
        {
            StopBeforeSession();
            target.Retract(session, watched);
        }

        public PointInTimeCounts End()
        {
            long end = by == PointInTimeBy.Position ? Position : _latest;
            Serve(end, end);
            while (pending.Next != long.MaxValue)
            {
                pending.Take(static (in RankingRecord _, Walk walk) => walk._beyond++, this);
            }

            return new PointInTimeCounts(_rebuilt, _missed, _beyond);
        }

        // A session moves no position. It closes on account of an event or a fact that follows, so what was ranked at this position
        // did not know of it.
        private void StopBeforeSession()
        {
            if (by == PointInTimeBy.Position && target.CountsEvents)
            {
                Serve(Position, Position);
            }
        }

        // Rebuilds what was ranked at this position; says how many of the next items come before another ranking.
        private int StopByPosition(int items)
        {
            long position = Position;
            Serve(position, position);
            return (int)Math.Min(items, pending.Next == long.MaxValue ? items : pending.Next - position);
        }

        private int StopByTime(ReadOnlySpan<StreamEvent> events)
        {
            Pass(events[0].Time);
            long next = pending.Next;
            int length = 1;
            while (length < events.Length && events[length].Time.UnixMicroseconds <= next)
            {
                _latest = Math.Max(_latest, events[length++].Time.UnixMicroseconds);
            }

            return length;
        }

        private int StopByTime(ReadOnlySpan<ViewFact> facts)
        {
            Pass(facts[0].Time);
            long next = pending.Next;
            int length = 1;
            while (length < facts.Length && facts[length].Time.UnixMicroseconds <= next)
            {
                _latest = Math.Max(_latest, facts[length++].Time.UnixMicroseconds);
            }

            return length;
        }

        // The stream comes to a time: moments before it are over.
        private void Pass(EventTime time)
        {
            Serve(time.UnixMicroseconds - 1, long.MinValue);
            _latest = Math.Max(_latest, time.UnixMicroseconds);
        }

        private void Serve(long upTo, long notBefore)
        {
            while (pending.Next <= upTo)
            {
                bool isMissed = by == PointInTimeBy.Position ? pending.Next < notBefore : pending.Next < _latest;
                pending.Take(isMissed
                    ? static (in RankingRecord _, Walk walk) => walk._missed++
                    : static (in RankingRecord ranking, Walk walk) => walk.Rebuild(ranking),
                    this);
            }
        }

        private void Rebuild(in RankingRecord ranking)
        {
            int numbers = ranking.Candidates.Length * target.Reader.Layout.Count;
            if (_columns.Length < numbers)
            {
                _columns = new float[Math.Max(numbers, 2 * _columns.Length)];
            }

            Span<float> columns = _columns.AsSpan(0, numbers);
            target.Reader.Fill(ranking.Query, ranking.Candidates, columns);
            visitor(ranking, columns);
            _rebuilt++;
        }
    }
}
