using StreamSense.Core.Events;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Tests.Features.State;

public sealed class RingWindowTests
{
    private const long Bucket = 1000;

    [Fact]
    public void Sum_AnyMoment_IsThatOfTheBucketsTheRingReachesBackTo()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            int longest = random.Next(1, 30);
            var ring = new RingCell(selector: 0, Bucket, longest) { Offset = 3 };
            long[] row = new long[ring.Offset + ring.Words];
            var kept = new Dictionary<long, long>();
            long latest = 0;
            for (int i = 0; i < 100; i++)
            {
                long bucket = 1000 + random.Next(i + 1);
                if (bucket > latest - ring.Places)
                {
                    kept[bucket] = kept.GetValueOrDefault(bucket) + 1_000_000;
                }

                latest = Math.Max(latest, bucket);
                var occurrence = new Occurrence { Time = new EventTime(bucket * Bucket) };
                ring.Update(row.AsSpan(ring.Offset), occurrence, [1.0]);
                long end = latest + random.Next(-longest, 5);
                int count = random.Next(1, longest + 1);
                var window = new RingWindow(ring, count, (end * Bucket) + random.Next((int)Bucket));

                // What is older than the ring cannot be told apart: it counts as of the oldest bucket.
                long oldest = latest - ring.Places + 1;
                long expected = SumUpTo(kept, Math.Max(end, oldest)) - SumUpTo(kept, Math.Max(end - count, oldest));
                Assert.Equal(expected, window.Sum(ref row[0]));
            }
        }
    }

    [Fact]
    public void Sum_RowOfNothing_IsNothing()
    {
        var ring = new RingCell(selector: 0, Bucket, buckets: 5);
        long[] row = new long[ring.Words];

        Assert.Equal(0, new RingWindow(ring, 5, 1_767_225_600_000_000).Sum(ref row[0]));
    }

    private static long SumUpTo(Dictionary<long, long> kept, long last) =>
        kept.Where(bucket => bucket.Key <= last).Sum(bucket => bucket.Value);
}
