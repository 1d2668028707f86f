using System.Collections.Concurrent;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Ranking.Decisions;

/// <summary>Keeps rankings in memory until it is full: for tests, and for a look at what a recommender logs.</summary>
/// <remarks>
/// <see cref="TryAppend"/> may be called by many threads; it does not wait and does not allocate, but for the first ranking of a layout.
/// Rankings may be read while more come.
/// </remarks>
/// <param name="capacityBytes">How many bytes of rankings it holds: a power of two, at least 1024.</param>
public sealed class MemoryDecisionLog(int capacityBytes = 16 * 1024 * 1024) : IDecisionLog
{
    private readonly RecordRing _ring = new(capacityBytes);
    private readonly ConcurrentDictionary<ulong, FeatureLayout> _layouts = new();
    private long _count;
    private long _refused;

    /// <summary>How many rankings it holds.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>How many rankings found no room.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Arrays of the ranking that belong together have different lengths.</exception>
    public bool TryAppend(in RankingRecord record)
    {
        long length = RankingCodec.LengthOf(record, out int modelBytes);
        if (length < 0 || length > _ring.MaxRecordBytes || !_ring.TryReserve((int)length, out Span<byte> room, out long position))
        {
            Interlocked.Increment(ref _refused);
            return false;
        }

        RankingCodec.Write(record, modelBytes, room);
        if (record.Layout is { } layout && !_layouts.ContainsKey(layout.Hash))
        {
            _layouts.TryAdd(layout.Hash, layout);
        }

        _ring.Commit(position, (int)length);
        Interlocked.Increment(ref _count);
        return true;
    }

    /// <summary>Begins to read at the first ranking.</summary>
    public IDecisionReader OpenReader() => new Reader(this);

    private sealed class Reader(MemoryDecisionLog log) : IDecisionReader
    {
        private long _position;
        private long _at = -1;
        private ModelInfo? _model;

        public RankingRecord Current
        {
            get
            {
                long at = _at;
                if (at < 0 || !log._ring.TryPeek(ref at, out ReadOnlySpan<byte> record))
                {
                    throw new InvalidOperationException("No ranking was read.");
                }

                ReadOnlySpan<byte> bytes = RankingCodec.ModelOf(record);
                log._layouts.TryGetValue(_model!.LayoutHash, out FeatureLayout? layout);
                return RankingCodec.TryRead(record[bytes.Length..], _model, layout, out RankingRecord ranking)
                    ? ranking
                    : throw new InvalidOperationException("A ranking in memory is not what was written.");
            }
        }

        public bool TryRead()
        {
            if (!log._ring.TryPeek(ref _position, out ReadOnlySpan<byte> record))
            {
                _at = -1;
                return false;
            }

            ModelInfo? model = RankingCodec.ReadModel(RankingCodec.ModelOf(record));
            _model = model == _model ? _model : model;
            _at = _position;
            _position = RecordRing.After(_position, record);
            return true;
        }
    }
}
