using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Candidates.Histories;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Candidates.Histories;

public sealed class JoinedDeviceTests
{
    private static readonly DeviceId Tv = new(77);

    [Fact]
    public void Consume_JoinOverTheWholeSpell_GivesTheViewerAllOfIt()
    {
        var world = new World();
        PlayOnTv(world, "m1", 0);
        PlayOnTv(world, "m2", 1000);
        world.Play("m3", viewer: 1, atSeconds: 2000);
        Assert.Equal((1, 1), (world.History.DeviceCount, world.History.ViewerCount));

        world.Tell(Join(viewer: 1, at: 3000, since: 0));

        Assert.Equal(0, world.History.DeviceCount);
        Assert.True(world.History.TryRead(World.Viewer(1), out WatchedTitles viewer));
        Assert.Equal(3, viewer.Titles.Length);
        Assert.True(viewer.TryFind(World.Title("m1"), out _) && viewer.TryFind(World.Title("m2"), out _));
    }

    [Fact]
    public void Consume_JoinOverAPart_GivesTheTitlesOfThePart()
    {
        var world = new World();
        PlayOnTv(world, "m1", 0);
        PlayOnTv(world, "m2", 1000);

        world.Tell(Join(viewer: 1, at: 3000, since: 1000));

        Assert.True(world.History.TryRead(World.Viewer(1), out WatchedTitles viewer));
        Assert.False(viewer.TryFind(World.Title("m1"), out _));
        Assert.True(viewer.TryFind(World.Title("m2"), out _));
    }

    [Fact]
    public void Consume_SecondLogin_TakesNothingOfTheFirst()
    {
        var world = new World();
        PlayOnTv(world, "m1", 0);
        world.Tell(Join(viewer: 1, at: 1000, since: 0));
        world.Tell(Join(viewer: 2, at: 1001, since: 0));
        Assert.True(world.History.TryRead(World.Viewer(1), out _));
        Assert.False(world.History.TryRead(World.Viewer(2), out _));
    }

    [Fact]
    public void Consume_WithoutPersonalisation_LeavesNoTraceOfTheDevice()
    {
        var world = new World();
        PlayOnTv(world, "m1", 0, ConsentPurposes.Measurement);
        Assert.Equal(0, world.History.DeviceCount);
        PlayOnTv(world, "m1", 0);
        world.Tell(Join(viewer: 1, at: 1000, since: 0) with { Consent = ConsentPurposes.Measurement });
        Assert.Equal((0, 0), (world.History.DeviceCount, world.History.ViewerCount));
    }

    [Fact]
    public void Forget_Device_ForgetsWhatItDid()
    {
        var world = new World();
        PlayOnTv(world, "m1", 0);
        Assert.True(world.History.Forget(Tv));
        world.Tell(Join(viewer: 1, at: 1000, since: 0));
        Assert.Equal(0, world.History.ViewerCount);
    }

    private static ViewFact Join(ulong viewer, double at, double since) => new()
    {
        Kind = ViewFactKind.Joined,
        Viewer = World.Viewer(viewer),
        Device = Tv,
        Time = World.At(at),
        JoinsSince = World.At(since),
        Consent = ConsentPurposes.All,
    };

    private static void PlayOnTv(World world, string title, double at, ConsentPurposes consent = ConsentPurposes.All) => world.Tell(
        World.Fact(ViewFactKind.FirstFrame, title, 0, at + 1, playhead: 0, consent: consent) with { Viewer = ViewerId.None, Device = Tv },
        World.Fact(ViewFactKind.Ended, title, 0, at + 600, playhead: 600, watch: 600, consent: consent)
            with { Viewer = ViewerId.None, Device = Tv });
}
