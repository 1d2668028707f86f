using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Features;

/// <summary>The features that the standard models weigh, by name.</summary>
public sealed class StandardFeatureTests : IDisposable
{
    private readonly FeatureWorld _world = new(StandardFeatures.Streaming);

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Fill_OnePlay_IsCountedOfTitleAndViewer()
    {
        _world.AddTitle(1, duration: TimeSpan.FromSeconds(7200));
        Watch(1, viewer: 1, at: 0, seconds: 3600);

        Assert.Equal(Math.Log(2), Read(1, 0, FeatureNames.TitlePlays), 1e-6);
        Assert.Equal(Math.Log(1.5), Read(1, 86_400 + 3600, FeatureNames.TitleWatch), 1e-6);
        Assert.Equal(Math.Log(1.5), Read(1, 86_400, FeatureNames.ViewerFrequency), 1e-6);
        Assert.Equal(2, Read(1, 7200, FeatureNames.ViewerRecency), 1e-6);
        Assert.Equal(1, Read(1, 1800, FeatureNames.HoursSinceWatched) + 1, 0.51);
    }

    [Fact]
    public void Fill_BegunTitle_IsInProgressUntilItsEndWasSeen()
    {
        _world.AddTitle(1, duration: TimeSpan.FromSeconds(1000));
        Watch(1, viewer: 1, at: 0, seconds: 300);
        Assert.Equal((1f, 0f), (Read(1, 400, FeatureNames.InProgress), Read(1, 400, FeatureNames.Finished)));

        Watch(1, viewer: 1, at: 1000, seconds: 950);

        Assert.Equal((0f, 1f), (Read(1, 3000, FeatureNames.InProgress), Read(1, 3000, FeatureNames.Finished)));
        Assert.Equal((0f, 0f), (Read(2, 3000, FeatureNames.InProgress), Read(2, 3000, FeatureNames.Finished)));
    }

    [Fact]
    public void Fill_TitleLeftAtOnceLongAgoOrLive_IsNotInProgress()
    {
        _world.AddTitle(1, duration: TimeSpan.FromSeconds(1000));
        _world.AddTitle(2, type: TitleType.Live);
        Watch(1, viewer: 1, at: 0, seconds: 20);
        Watch(2, viewer: 1, at: 0, seconds: 5000);
        Assert.Equal((0f, 0f), (Read(1, 6000, FeatureNames.InProgress), Read(2, 6000, FeatureNames.InProgress)));

        Watch(1, viewer: 1, at: 7000, seconds: 300);

        Assert.Equal(1, Read(1, 90 * 86_400, FeatureNames.InProgress));
        Assert.Equal(0, Read(1, 120 * 86_400, FeatureNames.InProgress));
    }

    [Fact]
    public void Fill_WithoutConsentOrViewer_LeavesPersonalFeaturesMissing()
    {
        Watch(1, viewer: 1, at: 0, seconds: 600);
        FeatureQuery[] queries =
        [
            _world.Query(1, 700) with { Consent = ConsentPurposes.Measurement },
            _world.Query(1, 700) with { Viewer = ViewerId.None },
        ];
        string[] personal =
        [
            FeatureNames.ViewerRecency, FeatureNames.ViewerFrequency, FeatureNames.InProgress, FeatureNames.HoursSinceWatched,
            FeatureNames.Finished,
        ];

        Assert.All(queries, query =>
        {
            Assert.True(_world.ReadOne(query, 1, FeatureNames.TitlePlays) > 0);
            Assert.All(personal, name => Assert.True(float.IsNaN(_world.ReadOne(query, 1, name)), name));
        });
    }

    [Fact]
    public void Fill_NothingKnown_IsZeroWhereItIsACountAndMissingWhereItIsATime()
    {
        Assert.Equal((0f, 0f), (Read(1, 0, FeatureNames.TitlePlays), Read(1, 0, FeatureNames.TitleWatch)));
        Assert.Equal(0, Read(1, 0, FeatureNames.ViewerFrequency));
        Assert.True(float.IsNaN(Read(1, 0, FeatureNames.TitleFreshness)));
        Assert.True(float.IsNaN(Read(1, 0, FeatureNames.ViewerRecency)));
        Assert.True(float.IsNaN(Read(1, 0, FeatureNames.HoursSinceWatched)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-30, 0.5)]
    [InlineData(-60, 0.25)]
    [InlineData(5, 1)]
    public void Fill_PublishedDate_GivesFreshness(int days, float expected)
    {
        _world.AddTitle(1, published: FeatureWorld.At(days * 86_400.0));

        Assert.Equal(expected, Read(1, 0, FeatureNames.TitleFreshness), 1e-6);
    }

    [Fact]
    public void Fill_TooLittleRoom_Refuses() => Assert.Throws<ArgumentException>(() => _world.Engine.Fill(
        _world.Query(1, 0), [FeatureWorld.Title(1), FeatureWorld.Title(2)], new float[_world.Engine.Layout.Count]));

    // What the weights of a model file stand for: a feature that comes, goes or changes its place makes old models unusable.
    [Fact]
    public void Layout_OfTheStandardFeatures_StaysUntilAFeatureChanges()
    {
        Assert.Equal((62, 17999923419675581703UL), (StandardFeatures.Streaming.Layout.Count, StandardFeatures.Streaming.Layout.Hash));
        Assert.Equal((13, 5995390827396724594UL), (StandardFeatures.Basic.Layout.Count, StandardFeatures.Basic.Layout.Hash));
    }

    [Fact]
    public void Basic_OfEachFeature_ReadsWhatTheLargerSetReads()
    {
        using var small = new FeatureWorld(StandardFeatures.Basic);
        foreach (FeatureWorld world in (FeatureWorld[])[small, _world])
        {
            world.AddTitle(1, duration: TimeSpan.FromSeconds(1000), published: FeatureWorld.At(-86_400));
            Watch(world, 1, viewer: 1, at: 0, seconds: 950);
            Watch(world, 2, viewer: 1, at: 5000, seconds: 300);
            Watch(world, 2, viewer: 2, at: 9000, seconds: 30);
        }

        foreach (FeatureDefinition feature in small.Engine.Layout.Features)
        {
            for (int title = 1; title < 4; title++)
            {
                Assert.Equal(Read(title, 20_000, feature.Name), small.ReadOne(small.Query(1, 20_000), title, feature.Name));
            }
        }

        // What the options of the recommender say of memory rests on these.
        Assert.InRange(small.Engine.BytesPerRow(FeatureScope.Viewer), 1, 128);
        Assert.InRange(small.Engine.BytesPerRow(FeatureScope.ViewerTitle), 1, 128);
    }

    private float Read(int title, double at, string feature) => _world.ReadOne(_world.Query(1, at), title, feature);

    private void Watch(int title, ulong viewer, double at, double seconds) => Watch(_world, title, viewer, at, seconds);

    private static void Watch(FeatureWorld world, int title, ulong viewer, double at, double seconds)
    {
        world.Take(world.Play(title, viewer, at));
        world.Take(World.Fact(ViewFactKind.Ended, $"m{title}", viewer, at + seconds, playhead: seconds, watch: seconds)
            with { Context = world.Context() });
    }
}
