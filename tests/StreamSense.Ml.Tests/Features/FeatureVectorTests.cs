using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Features;

public sealed class FeatureVectorTests
{
    [Fact]
    public void Fill_WithoutConsentOrViewer_LeavesViewerFeaturesMissing()
    {
        var world = new World();
        world.Play("m1", viewer: 1, atSeconds: 0);

        float[] refused = Fill(world, World.Query(1, 700, ConsentPurposes.Measurement), "m1");
        float[] unknown = Fill(world, World.Query(2, 700), "m1");
        float[] nobody = Fill(world, new FeatureQuery(ViewerId.None, ConsentPurposes.All, World.At(700)), "m1");

        Assert.All([refused, unknown, nobody], features =>
        {
            Assert.True(features[0] > 0);
            Assert.All(features[3..], feature => Assert.True(float.IsNaN(feature)));
        });
    }

    [Fact]
    public void Fill_TitleNeverPlayed_IsZeroNotMissing()
    {
        float[] features = Fill(new World(), World.Query(1, 0), "m1");

        Assert.Equal([0, 0], features[..2]);
        Assert.True(float.IsNaN(features[2]));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-30, 0.5)]
    [InlineData(-60, 0.25)]
    [InlineData(5, 1)]
    public void Fill_PublishedDate_GivesFreshness(int days, float expected)
    {
        var world = new World();
        world.AddTitle("m1", published: World.At(days * 86_400.0));

        Assert.Equal(expected, Fill(world, World.Query(1, 0), "m1")[2]);
    }

    [Fact]
    public void Fill_DurationLearntAfterwards_HoldsForWhatWasWatched()
    {
        var world = new World();
        world.Play("m1", viewer: 1, atSeconds: 0, watch: 950);
        Assert.Equal(1, Fill(world, World.Query(1, 1000), "m1")[5]);

        world.AddTitle("m1", TimeSpan.FromSeconds(1000));

        float[] features = Fill(world, World.Query(1, 1000), "m1");
        Assert.Equal(0, features[5]);
        Assert.Equal(1, features[7]);
    }

    [Fact]
    public void Fill_WatchedAgainAfterTheEnd_IsInProgressAndStillFinishedOnce()
    {
        var world = new World();
        world.Tell(
            World.Fact(ViewFactKind.Ended, "m1", 1, 100, playhead: 100, watch: 100, reason: EndReason.Completed),
            World.Fact(ViewFactKind.FirstFrame, "m1", 1, 200, playhead: 0),
            World.Fact(ViewFactKind.Progress, "m1", 1, 260, playhead: 60));

        float[] features = Fill(world, World.Query(1, 300), "m1");

        Assert.Equal(1, features[5]);
        Assert.Equal(1, features[7]);
    }

    [Fact]
    public void Fill_LiveStream_IsNeverInProgressOrFinished()
    {
        var world = new World();
        world.AddTitle("l1", type: TitleType.Live);
        world.Tell(World.Fact(ViewFactKind.Ended, "l1", 1, 100, playhead: 1e9, watch: 100, reason: EndReason.Completed, live: true));

        float[] features = Fill(world, World.Query(1, 300), "l1");

        Assert.Equal(0, features[5]);
        Assert.Equal(0, features[7]);
        Assert.Equal(200f / 3600, features[6]);
    }

    [Fact]
    public void Fill_TooLittleRoom_Refuses()
    {
        var world = new World();
        var vector = new FeatureVector(world.Store, world.Catalogue);

        Assert.Throws<ArgumentException>(() =>
            vector.Fill(World.Query(1, 0), [World.Title("m1"), World.Title("m2")], new float[FeatureVector.Layout.Count]));
    }

    [Fact]
    public void Fill_WhateverTheBatch_GivesTheSameBits()
    {
        var world = new World();
        string[] names = [.. Enumerable.Range(0, 37).Select(i => $"m{i}")];
        for (int i = 0; i < names.Length; i++)
        {
            world.AddTitle(names[i], TimeSpan.FromMinutes(i + 1), World.At(-i * 99_999.0));
            world.Play(names[i], (ulong)(i % 3), i * 123.4, i * 71.7);
        }

        float[] together = Fill(world, World.Query(1, 10_000), names);
        for (int i = 0; i < names.Length; i++)
        {
            float[] alone = Fill(world, World.Query(1, 10_000), names[i]);
            for (int column = 0; column < alone.Length; column++)
            {
                Assert.Equal(
                    BitConverter.SingleToInt32Bits(alone[column]),
                    BitConverter.SingleToInt32Bits(together[(column * names.Length) + i]));
            }
        }
    }

    private static float[] Fill(World world, FeatureQuery query, params string[] names)
    {
        var columns = new float[names.Length * FeatureVector.Layout.Count];
        new FeatureVector(world.Store, world.Catalogue).Fill(query, [.. names.Select(World.Title)], columns);
        return columns;
    }
}
