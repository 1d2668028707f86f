using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Candidates.Histories;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Candidates.Histories;

public sealed class WatchHistoryModelTests
{
    private static readonly string[] Names = ["m0", "m1", "m2", "m3"];

    [Fact]
    public void Consume_AnyFacts_RemembersWhatANaiveHistoryRemembers() => Prop.ForAll<int[]>(steps =>
    {
        var world = new World();
        world.AddTitle("m0", TimeSpan.FromSeconds(1000));
        world.AddTitle("m1", TimeSpan.FromSeconds(100));
        world.AddTitle("m2");
        var naive = new NaiveHistory(new Dictionary<TitleId, double> { [World.Title("m0")] = 1000, [World.Title("m1")] = 100 });
        double seconds = 0;
        foreach (int step in steps)
        {
            // 0 seconds as well: facts may share an instant.
            seconds += Math.Abs(step % 5000);
            ViewFact fact = FactOf(step, seconds);
            world.Tell(fact);
            naive.Add(fact);
        }

        return Agrees(world, naive);
    }).QuickCheckThrowOnFailure();

    private static ViewFact FactOf(int step, double seconds)
    {
        var bits = new Random(step);
        double? playhead = bits.Next(4) == 0 ? null : bits.Next(1100);
        return World.Fact(
            (ViewFactKind)bits.Next(4),
            Names[bits.Next(Names.Length)],
            (ulong)bits.Next(3),
            seconds,
            playhead,
            watch: bits.Next(3) * 500,
            reason: (EndReason)bits.Next(1, 6),
            consent: bits.Next(5) == 0 ? ConsentPurposes.Measurement : ConsentPurposes.All);
    }

    private static bool Agrees(World world, NaiveHistory naive)
    {
        for (ulong viewer = 0; viewer < 3; viewer++)
        {
            bool known = world.History.TryRead(World.Viewer(viewer), out WatchedTitles row);
            foreach (string name in Names)
            {
                WatchedTitle watched = default;
                bool found = known && row.TryFind(World.Title(name), out watched);
                NaiveHistory.State? expected = naive.Of(World.Viewer(viewer), World.Title(name));
                NaiveHistory.State? actual = found
                    ? new NaiveHistory.State(watched.LastWatched, world.History.IsInProgress(watched), world.History.IsFinished(watched))
                    : null;
                if (expected != actual)
                {
                    throw new InvalidOperationException($"Viewer {viewer}, {name}: {actual}, expected {expected}.");
                }
            }
        }

        return true;
    }
}
