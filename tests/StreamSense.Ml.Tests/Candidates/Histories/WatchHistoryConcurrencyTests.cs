using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Candidates.Histories;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Candidates.Histories;

public sealed class WatchHistoryConcurrencyTests
{
    [Fact]
    public void TryRead_WhileShardsWriteAndEvict_GivesRowsOfOneMoment()
    {
        // Every fact of a viewer at second s has playhead s: a torn row would not agree with itself.
        var world = new World(new WatchHistoryOptions { MaxViewers = 8 });
        int writing = 2;
        long rows = 0;
        Thread[] threads =
        [
            .. Enumerable.Range(0, 2).Select(shard => new Thread(() =>
            {
                WriteRuns(world, shard);
                Interlocked.Decrement(ref writing);
            })),
            .. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
            {
                while (Volatile.Read(ref writing) > 0)
                {
                    Interlocked.Add(ref rows, CheckRows(world));
                }
            })),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => Assert.True(thread.Join(TimeSpan.FromSeconds(60))));

        Assert.True(rows > 1000, $"Only {rows} rows were read.");
        Assert.Equal(8, world.History.ViewerCount);
        Assert.True(world.History.ViewersEvicted > 0);
    }

    private static void WriteRuns(World world, int shard)
    {
        var random = new Random(shard);
        var run = new ViewFact[3];
        for (int i = 0; i < 30_000; i++)
        {
            ulong viewer = (ulong)random.Next(12);
            double seconds = i + 1;
            for (int k = 0; k < run.Length; k++)
            {
                run[k] = World.Fact((ViewFactKind)(k + 1), "m0", viewer, seconds, playhead: seconds, watch: 1);
                run[k].Title = new TitleId((ulong)(i % 20) + 1);
            }

            world.History.Consume(run);
        }
    }

    private static int CheckRows(World world)
    {
        int rows = 0;
        for (ulong viewer = 0; viewer < 12; viewer++)
        {
            if (!world.History.TryRead(World.Viewer(viewer), out WatchedTitles row))
            {
                continue;
            }

            rows++;
            Assert.Equal(World.Viewer(viewer), row.Viewer);
            foreach (ref readonly WatchedTitle watched in row.Titles)
            {
                Assert.InRange(watched.Title.Value, 1UL, 20UL);
                Assert.Equal(watched.LastWatched, World.At(watched.PlayheadMicroseconds / 1e6));
            }
        }

        return rows;
    }
}
