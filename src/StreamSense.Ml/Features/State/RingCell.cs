using System.Runtime.CompilerServices;

namespace StreamSense.Ml.Features.State;

/// <summary>A windowed sum in whole millionths: the latest bucket, the sum of everything, and the running sum behind each bucket.</summary>
/// <remarks>
/// The sum of any run of buckets is the difference of two running sums, so that a read takes two words whatever the window, and buckets
/// leave the window without being written. The ring has one place more than the longest window has buckets. What comes late changes the
/// running sums behind it; what is older than the ring is in no window and is left out.
/// </remarks>
internal sealed class RingCell(int selector, long bucketMicroseconds, int buckets) : StateCell
{
    /// <summary>The word of the latest bucket.</summary>
    public const int Latest = 0;

    /// <summary>The word of the sum of everything.</summary>
    public const int Everything = 1;

    private const int FirstPlace = 2;

    private readonly int[] _selectors = [selector];

    /// <summary>The length of a bucket.</summary>
    public long BucketMicroseconds => bucketMicroseconds;

    /// <summary>The most buckets of a window.</summary>
    public int Buckets { get; private set; } = buckets;

    /// <inheritdoc/>
    public override int Words => FirstPlace + Places;

    /// <inheritdoc/>
    public override bool IsHot => false;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Selectors => _selectors;

    /// <summary>How many running sums there are.</summary>
    public int Places => Buckets + 1;

    /// <summary>Makes room for a longer window; before any row is made.</summary>
    public void Extend(int longest) => Buckets = Math.Max(Buckets, longest);

    /// <inheritdoc/>
    public override void Update(Span<long> cell, in Occurrence occurrence, ReadOnlySpan<double> weights)
    {
        double weight = weights[selector];
        if (!double.IsNaN(weight))
        {
            Add(cell, occurrence.Time.UnixMicroseconds / bucketMicroseconds, MillionthsOf(weight, occurrence.Retracts));
        }
    }

    /// <inheritdoc/>
    public override void Merge(Span<long> cell, ReadOnlySpan<long> other)
    {
        for (long bucket = other[Latest] - Buckets + 1; other[Latest] != 0 && bucket <= other[Latest]; bucket++)
        {
            Add(cell, bucket, RunningAt(other, bucket) - RunningAt(other, bucket - 1));
        }
    }

    /// <summary>The word of the running sum behind a bucket, if the ring reaches back to it.</summary>
    public int WordOf(long bucket) => FirstPlace + PlaceOf(bucket);

    /// <summary>The running sum that reaches back the furthest: a question about the past reaches back as far as the ring does.</summary>
    public long Oldest(ref long cell, long latest) => Unsafe.Add(ref cell, WordOf(latest - Places + 1));

    private long RunningAt(ReadOnlySpan<long> words, long bucket) => words[WordOf(Math.Max(bucket, words[Latest] - Places + 1))];

    private void Add(Span<long> cell, long bucket, long amount)
    {
        ref long latest = ref cell[Latest];
        if (latest == 0)
        {
            latest = bucket;
        }

        if (bucket > latest)
        {
            for (long next = Math.Max(latest + 1, bucket - Places + 1); next <= bucket; next++)
            {
                cell[FirstPlace + PlaceOf(next)] = cell[Everything];
            }

            latest = bucket;
        }

        if (bucket > latest - Places)
        {
            cell[Everything] += amount;
            for (long place = bucket; place <= latest; place++)
            {
                cell[FirstPlace + PlaceOf(place)] += amount;
            }
        }
    }

    private int PlaceOf(long bucket) => (int)((ulong)bucket % (uint)Places);
}
