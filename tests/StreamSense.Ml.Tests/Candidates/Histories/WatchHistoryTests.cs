using StreamSense.Contracts;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Candidates.Histories;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Candidates.Histories;

public sealed class WatchHistoryTests
{
    [Fact]
    public void Consume_OnePlay_IsRememberedOfTheViewer()
    {
        var world = new World();

        world.Play("m1", viewer: 1, atSeconds: 0, watch: 3600);

        Assert.True(world.History.TryRead(World.Viewer(1), out WatchedTitles viewer));
        Assert.Equal(World.Viewer(1), viewer.Viewer);
        Assert.True(viewer.TryFind(World.Title("m1"), out WatchedTitle watched));
        Assert.Equal(3_600_000_000, watched.PlayheadMicroseconds);
        Assert.Equal(World.At(3600), watched.LastWatched);
    }

    [Fact]
    public void Consume_WithoutPersonalisation_LeavesNoTrace()
    {
        var world = new World();

        world.Play("m1", viewer: 1, atSeconds: 0, consent: ConsentPurposes.All & ~ConsentPurposes.Personalisation);

        Assert.False(world.History.TryRead(World.Viewer(1), out _));
        Assert.Equal(0, world.History.ViewerCount);
    }

    [Fact]
    public void Consume_WithdrawalOfConsent_ForgetsViewerAndDevice()
    {
        var world = new World();
        world.Play("m1", viewer: 1, atSeconds: 0);
        world.Tell(World.Fact(ViewFactKind.FirstFrame, "m1", 1, 0) with { Viewer = ViewerId.None, Device = new DeviceId(7) });
        StreamEvent change = world.Event(EventKind.ConsentChange, "", 1, 10) with { Device = new DeviceId(7) };
        change.PayloadAs<ConsentPayload>().Granted = ConsentPurposes.All;
        World.Feed(world.History, change);
        Assert.Equal((1, 1), (world.History.ViewerCount, world.History.DeviceCount));

        change.PayloadAs<ConsentPayload>().Granted = ConsentPurposes.Measurement;
        World.Feed(world.History, change);

        Assert.Equal((0, 0), (world.History.ViewerCount, world.History.DeviceCount));
    }

    [Fact]
    public void Consume_AttemptThatNeverPlayed_IsNotRemembered()
    {
        var world = new World();

        world.Tell(
            World.Fact(ViewFactKind.Requested, "m1", 1, 0),
            World.Fact(ViewFactKind.Ended, "m1", 1, 30) with { WatchMicroseconds = 30_000_000 });

        Assert.Equal(0, world.History.ViewerCount);
    }

    [Fact]
    public void Consume_NoPersonOrNoTitle_IsNotRemembered()
    {
        var world = new World();
        ViewFact anonymous = World.Fact(ViewFactKind.FirstFrame, "m1", 1, 0) with { Viewer = ViewerId.None };
        ViewFact untitled = World.Fact(ViewFactKind.FirstFrame, "m1", 2, 0) with { Title = TitleId.None };

        world.Tell(anonymous, untitled);

        Assert.Equal((0, 0), (world.History.ViewerCount, world.History.DeviceCount));
        Assert.False(world.History.TryRead(ViewerId.None, out _));
    }

    [Fact]
    public void Consume_MoreTitlesThanAViewersRoom_KeepsTheLatest()
    {
        var world = new World();
        for (int i = 0; i < 20; i++)
        {
            world.Play($"m{i}", viewer: 1, atSeconds: i * 1000);
        }

        Assert.True(world.History.TryRead(World.Viewer(1), out WatchedTitles viewer));
        Assert.Equal(WatchedTitles.Capacity, viewer.Titles.Length);
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

        Assert.Equal(100_000_000, Watched(world, "m1").PlayheadMicroseconds);
    }

    [Fact]
    public void Consume_Full_ForgetsTheLongestUnseenAndCounts()
    {
        var world = new World(new WatchHistoryOptions { MaxViewers = 10 });
        for (int i = 0; i < 10; i++)
        {
            world.Play($"m{i}", viewer: (ulong)i, atSeconds: i);
        }

        world.Play("m0", viewer: 0, atSeconds: 100);
        world.Play("m10", viewer: 10, atSeconds: 200);

        Assert.Equal(10, world.History.ViewerCount);
        Assert.Equal(1, world.History.ViewersEvicted);
        Assert.True(world.History.TryRead(World.Viewer(0), out _));
        Assert.False(world.History.TryRead(World.Viewer(1), out _));
        Assert.True(world.History.TryRead(World.Viewer(10), out _));
    }

    [Fact]
    public void Consume_MillionViewers_StaysBounded()
    {
        using var history = new WatchHistory(new World().Catalogue, new WatchHistoryOptions { MaxViewers = 500 });
        ViewFact fact = World.Fact(ViewFactKind.FirstFrame, "m", 1, 0);
        for (uint i = 1; i <= 1_000_000; i++)
        {
            fact.Viewer = new ViewerId(i);
            history.Consume([fact]);
        }

        Assert.Equal(500, history.ViewerCount);
        Assert.Equal(999_500, history.ViewersEvicted);
    }

    [Fact]
    public void Consume_KnownViewers_AllocatesNothing()
    {
        var world = new World(new WatchHistoryOptions { MaxViewers = 64 });
        ViewFact[] facts = [.. Enumerable.Range(0, 1000).Select(i => World.Fact((ViewFactKind)(i % 4), $"m{i % 100}", (ulong)(i % 90), i, i, i))];

        Assert.Equal(0, Allocations.Least(() => world.History.Consume(facts)));
    }

    [Fact]
    public void Forget_KnownViewer_ForgetsOnce()
    {
        var world = new World();
        world.Play("m1", viewer: 1, atSeconds: 0);

        Assert.True(world.History.Forget(World.Viewer(1)));
        Assert.False(world.History.Forget(World.Viewer(1)));
        Assert.False(world.History.TryRead(World.Viewer(1), out _));
    }

    [Fact]
    public void IsFinished_DurationLearntAfterwards_HoldsForWhatWasWatched()
    {
        var world = new World();
        world.Play("m1", viewer: 1, atSeconds: 0, watch: 950);
        Assert.True(world.History.IsInProgress(Watched(world, "m1")));
        Assert.False(world.History.IsFinished(Watched(world, "m1")));

        world.AddTitle("m1", TimeSpan.FromSeconds(1000));

        Assert.False(world.History.IsInProgress(Watched(world, "m1")));
        Assert.True(world.History.IsFinished(Watched(world, "m1")));
    }

    [Fact]
    public void IsInProgress_WatchedAgainAfterTheEnd_IsInProgressAndStillFinishedOnce()
    {
        var world = new World();
        world.Tell(
            World.Fact(ViewFactKind.Ended, "m1", 1, 100, playhead: 100, watch: 100, reason: EndReason.Completed),
            World.Fact(ViewFactKind.FirstFrame, "m1", 1, 200, playhead: 0),
            World.Fact(ViewFactKind.Progress, "m1", 1, 260, playhead: 60));

        Assert.True(world.History.IsInProgress(Watched(world, "m1")));
        Assert.True(world.History.IsFinished(Watched(world, "m1")));
    }

    [Fact]
    public void IsInProgress_LiveStream_IsNeitherThatNorFinished()
    {
        var world = new World();
        world.AddTitle("l1", type: TitleType.Live);
        world.Tell(World.Fact(ViewFactKind.Ended, "l1", 1, 100, playhead: 1e9, watch: 100, reason: EndReason.Completed, live: true));

        Assert.False(world.History.IsInProgress(Watched(world, "l1")));
        Assert.False(world.History.IsFinished(Watched(world, "l1")));
    }

    [Fact]
    public void Read_BegunAndFinishedTitles_LatestFirstAndFinishedWeighMore()
    {
        var world = new World();
        world.AddTitle("done", TimeSpan.FromSeconds(1000));
        world.AddTitle("begun", TimeSpan.FromSeconds(1000));
        world.Play("done", 1, 0, watch: 990);
        world.Play("begun", 1, 2000, watch: 100);
        var entries = new HistoryEntry[4];

        Assert.Equal(2, world.History.Read(World.Viewer(1), entries));
        Assert.Equal((World.Title("begun"), 0.5f), (entries[0].Title, entries[0].Weight));
        Assert.Equal((World.Title("done"), 1f), (entries[1].Title, entries[1].Weight));
        Assert.Equal(0, world.History.Read(ViewerId.None, entries));
    }

    [Theory]
    [InlineData(0.0, 1, 1, 30)]
    [InlineData(0.9, 0, 1, 30)]
    [InlineData(0.9, 1, 0, 30)]
    [InlineData(0.9, 1, 1, -1)]
    [InlineData(double.NaN, 1, 1, 30)]
    public void Constructor_OptionOutOfRange_Refuses(double share, int viewers, int devices, int seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new World(new WatchHistoryOptions
        {
            FinishedShare = share,
            MaxViewers = viewers,
            MaxDevices = devices,
            MinimumProgress = TimeSpan.FromSeconds(seconds),
        }));

    private static WatchedTitle Watched(World world, string title)
    {
        Assert.True(world.History.TryRead(World.Viewer(1), out WatchedTitles viewer));
        Assert.True(viewer.TryFind(World.Title(title), out WatchedTitle watched));
        return watched;
    }
}
