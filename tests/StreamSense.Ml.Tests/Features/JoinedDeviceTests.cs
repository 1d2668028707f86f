using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Features;

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
        Assert.Equal((1, 1), (world.Store.DeviceCount, world.Store.ViewerCount));

        world.Tell(Join(viewer: 1, at: 3000, since: 0));

        Assert.Equal(0, world.Store.DeviceCount);
        Assert.True(world.Store.TryRead(World.Viewer(1), out ViewerMemory viewer));
        Assert.Equal(1_800_000_000, viewer.WatchMicroseconds);
        Assert.True(viewer.TryFind(World.Title("m1"), out _) && viewer.TryFind(World.Title("m2"), out _));
        Assert.Equal(World.At(2001), viewer.LastPlay);
        Assert.InRange(viewer.Plays.Value, 2.9, 3);
    }

    [Fact]
    public void Consume_JoinOverAPart_GivesTheTitlesOfThePart()
    {
        var world = new World();
        PlayOnTv(world, "m1", 0);
        PlayOnTv(world, "m2", 1000);

        world.Tell(Join(viewer: 1, at: 3000, since: 1000));

        Assert.True(world.Store.TryRead(World.Viewer(1), out ViewerMemory viewer));
        Assert.False(viewer.TryFind(World.Title("m1"), out _));
        Assert.True(viewer.TryFind(World.Title("m2"), out _));
        Assert.Equal((0.0, 0L), (viewer.Plays.Value, viewer.WatchMicroseconds));
    }

    [Fact]
    public void Consume_SecondLogin_TakesNothingOfTheFirst()
    {
        var world = new World();
        PlayOnTv(world, "m1", 0);
        world.Tell(Join(viewer: 1, at: 1000, since: 0));
        world.Tell(Join(viewer: 2, at: 1001, since: 0));
        Assert.True(world.Store.TryRead(World.Viewer(1), out _));
        Assert.False(world.Store.TryRead(World.Viewer(2), out _));
    }

    [Fact]
    public void Consume_WithoutPersonalisation_LeavesNoTraceOfTheDevice()
    {
        var world = new World();
        PlayOnTv(world, "m1", 0, ConsentPurposes.Measurement);
        Assert.Equal(0, world.Store.DeviceCount);
        PlayOnTv(world, "m1", 0);
        world.Tell(Join(viewer: 1, at: 1000, since: 0) with { Consent = ConsentPurposes.Measurement });
        Assert.Equal((0, 0), (world.Store.DeviceCount, world.Store.ViewerCount));
    }

    [Fact]
    public void Forget_Device_ForgetsWhatItDid()
    {
        var world = new World();
        PlayOnTv(world, "m1", 0);
        Assert.True(world.Store.Forget(Tv));
        world.Tell(Join(viewer: 1, at: 1000, since: 0));
        Assert.Equal(0, world.Store.ViewerCount);
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
