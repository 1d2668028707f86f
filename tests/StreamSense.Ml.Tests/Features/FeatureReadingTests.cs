using StreamSense.Contracts;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features;
using StreamSense.Ml.Features.Rules;

namespace StreamSense.Ml.Tests.Features;

/// <summary>Readers beside a writer, and what reading and writing allocate.</summary>
public sealed class FeatureReadingTests
{
    [Fact]
    public void Fill_WhileOthersWrite_SeesNoTornRow()
    {
        // Both sums are written together: a reader that sees them differ has seen half of a write.
        var plays = new EventSelector(FeatureSignal.ViewStarted);
        EventSelector same = plays.If(SignalCondition.AtLeast(SignalValue.One, 0));
        FeatureScope[] scopes = [FeatureScope.Title, FeatureScope.Viewer, FeatureScope.ViewerTitle];
        var builder = new FeatureSetBuilder();
        foreach (FeatureScope scope in scopes)
        {
            builder.Add($"{scope}.total", scope, new TotalRule(plays));
            builder.Add($"{scope}.window", scope, new WindowRule(same, TimeSpan.FromDays(24)));
            builder.Add($"{scope}.difference", $"{scope}.total - {scope}.window");
        }

        using var world = new FeatureWorld(builder.Build(), new FeatureEngineOptions { MaxViewerTitles = 50 });
        ContextId context = world.Context();
        bool done = false;
        long torn = 0;
        long reads = 0;
        var readers = new Thread[32];
        for (int i = 0; i < readers.Length; i++)
        {
            int seed = i;
            readers[i] = new Thread(() =>
            {
                var random = new Random(seed);
                var titles = new TitleId[20];
                var columns = new float[titles.Length * world.Engine.Layout.Count];
                while (!Volatile.Read(ref done) || Interlocked.Read(ref reads) < 32)
                {
                    for (int k = 0; k < titles.Length; k++)
                    {
                        titles[k] = FeatureWorld.Title(random.Next(30));
                    }

                    FeatureQuery query = world.Query((ulong)random.Next(4), 100_000);
                    world.Engine.Fill(query, titles, columns);
                    foreach (int feature in (int[])[2, 5, 8])
                    {
                        foreach (float difference in columns.AsSpan(feature * titles.Length, titles.Length))
                        {
                            Interlocked.Add(ref torn, difference == 0 ? 0 : 1);
                        }
                    }

                    Interlocked.Increment(ref reads);
                }
            });
            readers[i].Start();
        }

        var writes = new Random(1);
        for (int i = 0; i < 40_000; i++)
        {
            world.Take(world.Play(writes.Next(30), (ulong)writes.Next(4), 100_000, context));
        }

        Volatile.Write(ref done, true);
        foreach (Thread reader in readers)
        {
            reader.Join();
        }

        Assert.Equal(0, torn);
        Assert.True(reads >= 32);
    }

    [Fact]
    public void FillAndConsume_OnceWarm_AllocateNothing()
    {
        using var world = new FeatureWorld(StandardFeatures.Streaming);
        var titles = new TitleId[100];
        for (int i = 0; i < titles.Length; i++)
        {
            world.AddTitle(i, "\"genres\":[\"a\",\"b\"],\"cast\":[\"c\"]", TimeSpan.FromMinutes(30));
            titles[i] = FeatureWorld.Title(i);
        }

        var columns = new float[titles.Length * world.Engine.Layout.Count];
        FeatureQuery query = world.Query(1, 100, "c1", "d1");
        ViewFact[] facts = [world.Play(1, 1, 0), world.Play(2, 2, 50)];

        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                world.Engine.Consume(facts);
                world.Engine.Fill(query, titles, columns);
            }
        }));
    }

    [Fact]
    public void Fill_TooLittleRoom_IsRefused()
    {
        using var world = new FeatureWorld(StandardFeatures.Streaming);

        Assert.Throws<ArgumentException>(() => world.Engine.Fill(world.Query(1, 0), [FeatureWorld.Title(1)], new float[3]));
    }
}
