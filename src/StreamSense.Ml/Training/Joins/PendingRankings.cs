using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Decisions;

namespace StreamSense.Ml.Training.Joins;

/// <summary>The rankings that come next, in order of their moments, out of a log that is nearly in order.</summary>
internal sealed class PendingRankings(IDecisionReader decisions, PointInTimeOptions options)
{
    private readonly PriorityQueue<Entry, (long Moment, long Number)> _waiting = new();
    private readonly Stack<byte[]> _spare = [];
    private long _number;
    private bool _isAtEnd;

    /// <summary>The moment of the next ranking; the greatest number if there is none.</summary>
    public long Next
    {
        get
        {
            while (!_isAtEnd && _waiting.Count < options.Window)
            {
                _isAtEnd = !decisions.TryRead();
                if (!_isAtEnd)
                {
                    Keep(decisions.Current);
                }
            }

            return _waiting.TryPeek(out _, out (long Moment, long Number) first) ? first.Moment : long.MaxValue;
        }
    }

    /// <summary>Takes the next ranking.</summary>
    /// <param name="use">Takes it.</param>
    /// <typeparam name="TState">What <paramref name="use"/> needs.</typeparam>
    /// <param name="state">Given to <paramref name="use"/>.</param>
    public void Take<TState>(RankingUse<TState> use, TState state)
    {
        Entry entry = _waiting.Dequeue();
        ReadOnlySpan<byte> bytes = entry.Bytes.AsSpan(0, entry.Length);
        int model = RankingCodec.ModelOf(bytes).Length;
        if (!RankingCodec.TryRead(bytes[model..], entry.Model, entry.Layout, out RankingRecord record))
        {
            throw new InvalidOperationException("A ranking in memory is not what was written.");
        }

        use(record, state);
        _spare.Push(entry.Bytes);
    }

    private void Keep(in RankingRecord record)
    {
        int length = (int)RankingCodec.LengthOf(record, out int modelBytes);
        byte[] bytes = _spare.TryPop(out byte[]? spare) && spare.Length >= length ? spare : new byte[length];
        RankingCodec.Write(record, modelBytes, bytes.AsSpan(0, length));
        long moment = options.By == PointInTimeBy.Position ? record.StorePosition : record.Time.UnixMicroseconds;
        _waiting.Enqueue(new Entry(bytes, length, record.Model, record.Layout), (moment, _number++));
    }

    private readonly record struct Entry(byte[] Bytes, int Length, ModelInfo Model, FeatureLayout? Layout);
}
