using System.Runtime.CompilerServices;

namespace StreamSense.Ml.Features.State;

/// <summary>A window of a ring as of one moment, made once for all rows: where its two ends lie is the same in each.</summary>
internal readonly struct RingWindow
{
    private readonly RingCell _ring;
    private readonly long _end;
    private readonly long _start;
    private readonly int _endWord;
    private readonly int _startWord;

    /// <summary>Creates the window of so many buckets that ends with the bucket of a moment.</summary>
    public RingWindow(RingCell ring, int count, long unixMicroseconds)
    {
        _ring = ring;
        _end = unixMicroseconds / ring.BucketMicroseconds;
        _start = _end - count;
        _endWord = ring.WordOf(_end);
        _startWord = ring.WordOf(_start);
    }

    /// <summary>The sum of a row, in millionths.</summary>
    /// <param name="words">The first word of the row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Sum(ref long words)
    {
        ref long cell = ref Unsafe.Add(ref words, _ring.Offset);
        return RunningAt(ref cell, _end, _endWord) - RunningAt(ref cell, _start, _startWord);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long RunningAt(ref long cell, long bucket, int word)
    {
        // Both are read, whichever it is: nobody can foresee it, and a wrong guess of the processor costs more than the read.
        long latest = Unsafe.Add(ref cell, RingCell.Latest);
        long everything = Unsafe.Add(ref cell, RingCell.Everything);
        long running = Unsafe.Add(ref cell, word);
        running = bucket >= latest ? everything : running;
        return bucket > latest - _ring.Places ? running : _ring.Oldest(ref cell, latest);
    }
}
