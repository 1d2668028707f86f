using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Features;

public sealed class FeatureModelTests
{
    private static readonly string[] Names = ["m0", "m1", "m2", "m3"];

    [Fact]
    public void Fill_AnyFacts_GivesWhatANaiveModelGives() => Prop.ForAll<int[]>(steps =>
    {
        var world = new World(new FeatureStoreOptions { HalfLife = TimeSpan.FromHours(3) });
        world.AddTitle("m0", TimeSpan.FromSeconds(1000));
        world.AddTitle("m1", TimeSpan.FromSeconds(100));
        world.AddTitle("m2");
        var naive = new NaiveMemory(3 * 3600, new Dictionary<TitleId, double> { [World.Title("m0")] = 1000, [World.Title("m1")] = 100 });
        double seconds = 0;
        foreach (int step in steps)
        {
            // 0 seconds as well: facts may share an instant.
            seconds += Math.Abs(step % 5000);
            ViewFact fact = FactOf(step, seconds);
            world.Tell(fact);
            naive.Add(fact);
        }

        return Agrees(world, naive, seconds + 777);
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

    private static bool Agrees(World world, NaiveMemory naive, double nowSeconds)
    {
        TitleId[] titles = [.. Names.Select(World.Title)];
        var columns = new float[titles.Length * FeatureVector.Layout.Count];
        var vector = new FeatureVector(world.Store, world.Catalogue);
        for (ulong viewer = 0; viewer < 3; viewer++)
        {
            vector.Fill(World.Query(viewer, nowSeconds), titles, columns);
            for (int i = 0; i < titles.Length; i++)
            {
                double[] expected = naive.Features(World.Viewer(viewer), titles[i], World.At(nowSeconds));
                for (int column = 0; column < expected.Length; column++)
                {
                    float actual = columns[(column * titles.Length) + i];
                    if (double.IsNaN(expected[column])
                        ? !float.IsNaN(actual)
                        : Math.Abs(expected[column] - actual) > 1e-5 * Math.Max(1, expected[column]))
                    {
                        throw new InvalidOperationException(
                            $"{FeatureVector.Layout.Features[column].Name} of viewer {viewer}, {Names[i]}: {actual}, expected {expected[column]}.");
                    }
                }
            }
        }

        return true;
    }
}
