using StreamSense.Contracts;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Features;

public sealed class FeatureStoreTests
{
    [Fact]
    public void Consume_OnePlay_IsRememberedOfTitleAndViewer()
    {
        var world = new World();

        world.Play("m1", viewer: 1, atSeconds: 0, watch: 3600);

        Assert.True(world.Store.TryRead(World.Title("m1"), out TitleMemory title));
        Assert.Equal(1, title.Plays.Value);
        Assert.Equal(World.At(1), title.Plays.At);
        Assert.Equal(1.0, title.WatchHours.Value, 12);
        Assert.True(world.Store.TryRead(World.Viewer(1), out ViewerMemory viewer));
        Assert.Equal(1, viewer.Plays.Value);
        Assert.Equal(World.At(1), viewer.LastPlay);
        Assert.Equal(3_600_000_000, viewer.WatchMicroseconds);
        Assert.True(viewer.TryFind(World.Title("m1"), out WatchedTitle watched));
        Assert.Equal(3_600_000_000, watched.PlayheadMicroseconds);
        Assert.Equal(World.At(3600), watched.LastWatched);
    }

    [Fact]
    public void Consume_WithoutPersonalisation_CountsTheTitleAndLeavesNoTraceOfTheViewer()
    {
        var world = new World();

        world.Play("m1", viewer: 1, atSeconds: 0, consent: ConsentPurposes.All & ~ConsentPurposes.Personalisation);

        Assert.True(world.Store.TryRead(World.Title("m1"), out TitleMemory title));
        Assert.Equal(1, title.Plays.Value);
        Assert.False(world.Store.TryRead(World.Viewer(1), out _));
        Assert.Equal(0, world.Store.ViewerCount);
    }

    [Fact]
    public void Consume_AttemptThatNeverPlayed_IsNotRemembered()
    {
        var world = new World();

        world.Tell(
            World.Fact(ViewFactKind.Requested, "m1", 1, 0),
            World.Fact(ViewFactKind.Ended, "m1", 1, 30) with { WatchMicroseconds = 30_000_000 });

        Assert.Equal(0, world.Store.TitleCount);
        Assert.Equal(0, world.Store.ViewerCount);
    }

    [Fact]
    public void Consume_NoViewerOrNoTitle_RemembersWhatIsKnown()
    {
        var world = new World();
        ViewFact anonymous = World.Fact(ViewFactKind.FirstFrame, "m1", 1, 0) with { Viewer = ViewerId.None };
        ViewFact untitled = World.Fact(ViewFactKind.FirstFrame, "m1", 2, 0) with { Title = TitleId.None };

        world.Tell(anonymous, untitled);

        Assert.Equal(1, world.Store.TitleCount);
        Assert.Equal(1, world.Store.ViewerCount);
        Assert.True(world.Store.TryRead(World.Viewer(2), out ViewerMemory viewer));
        Assert.True(viewer.Recent.IsEmpty);
    }

    [Fact]
    public void Consume_MoreTitlesThanAViewersRoom_KeepsTheLatest()
    {
        var world = new World();
        for (int i = 0; i < 20; i++)
        {
            world.Play($"m{i}", viewer: 1, atSeconds: i * 1000);
        }

        Assert.True(world.Store.TryRead(World.Viewer(1), out ViewerMemory viewer));
        Assert.Equal(RecentTitles.Capacity, viewer.Recent.Length);
        Assert.False(viewer.TryFind(World.Title("m3"), out _));
        Assert.True(viewer.TryFind(World.Title("m4"), out _));
    }

    [Fact]
    public void Consume_LateFact_DoesNotMoveThePlayheadBack()
    {
        var world = new World();

        world.Tell(
            World.Fact(ViewFactKind.Progress, "m1", 1, 100, playhead: 100),
            World.Fact(ViewFactKind.Progress, "m1", 1, 50, playhead: 50));

        Assert.True(world.Store.TryRead(World.Viewer(1), out ViewerMemory viewer));
        Assert.Equal(100_000_000, viewer.Recent[0].PlayheadMicroseconds);
    }

    [Fact]
    public void Consume_FullStore_ForgetsTheLongestUnusedAndCounts()
    {
        var world = new World(new FeatureStoreOptions { MaxTitles = 10, MaxViewers = 10 });
        for (int i = 0; i < 10; i++)
        {
            world.Play($"m{i}", viewer: (ulong)i, atSeconds: i);
        }

        world.Play("m0", viewer: 0, atSeconds: 100);
        world.Play("m10", viewer: 10, atSeconds: 200);

        Assert.Equal(10, world.Store.TitleCount);
        Assert.Equal(10, world.Store.ViewerCount);
        Assert.Equal(1, world.Store.TitlesEvicted);
        Assert.Equal(1, world.Store.ViewersEvicted);
        Assert.True(world.Store.TryRead(World.Viewer(0), out _));
        Assert.False(world.Store.TryRead(World.Viewer(1), out _));
        Assert.False(world.Store.TryRead(World.Title("m1"), out _));
        Assert.True(world.Store.TryRead(World.Title("m10"), out TitleMemory memory));
        Assert.Equal(1, memory.Plays.Value);
    }

    [Fact]
    public void Consume_MillionDistinctIds_StaysBounded()
    {
        var world = new World(new FeatureStoreOptions { MaxTitles = 1000, MaxViewers = 500 });
        ViewFact fact = World.Fact(ViewFactKind.FirstFrame, "m", 1, 0);
        for (uint i = 1; i <= 1_000_000; i++)
        {
            fact.Title = new TitleId(i * 0x9e3779b97f4a7c15UL);
            fact.Viewer = new ViewerId(i);
            world.Tell(fact);
        }

        Assert.Equal(1000, world.Store.TitleCount);
        Assert.Equal(500, world.Store.ViewerCount);
        Assert.Equal(999_000, world.Store.TitlesEvicted);
        Assert.Equal(999_500, world.Store.ViewersEvicted);
    }

    [Fact]
    public void Consume_KnownIds_AllocatesNothing()
    {
        var world = new World(new FeatureStoreOptions { MaxTitles = 64, MaxViewers = 64 });
        ViewFact[] facts = [.. Enumerable.Range(0, 1000).Select(i => World.Fact((ViewFactKind)(i % 4), $"m{i % 100}", (ulong)(i % 90), i, i, i))];

        Assert.Equal(0, Allocations.Least(() => world.Store.Consume(facts)));
    }

    [Fact]
    public void Forget_KnownViewer_LeavesTheTitlesSum()
    {
        var world = new World();
        world.Play("m1", viewer: 1, atSeconds: 0);

        Assert.True(world.Store.Forget(World.Viewer(1)));
        Assert.False(world.Store.Forget(World.Viewer(1)));

        Assert.False(world.Store.TryRead(World.Viewer(1), out _));
        Assert.True(world.Store.TryRead(World.Title("m1"), out TitleMemory title));
        Assert.Equal(1, title.Plays.Value);
    }

    [Theory]
    [InlineData(0.0, 1, 1, 24)]
    [InlineData(0.9, 0, 1, 24)]
    [InlineData(0.9, 1, 0, 24)]
    [InlineData(0.9, 1, 1, 0)]
    [InlineData(double.NaN, 1, 1, 24)]
    public void Constructor_OptionOutOfRange_Refuses(double share, int titles, int viewers, int hours) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new World(new FeatureStoreOptions
        {
            FinishedShare = share,
            MaxTitles = titles,
            MaxViewers = viewers,
            HalfLife = TimeSpan.FromHours(hours),
        }));
}
