using StreamSense.Core.Sketches;
using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput.Sketches;

/// <summary>How many distinct keys there are: HyperLogLog beside a set of them all.</summary>
public sealed class DistinctScenario : IScenario
{
    private const int Piece = 4096;

    /// <inheritdoc/>
    public string Name => "distinct";

    /// <inheritdoc/>
    public string Summary => "Distinct 64-bit keys out of a million, and merging two counts of them; an event is a key, or a merge";

    /// <inheritdoc/>
    public bool DependsOnVectors => true;

    /// <inheritdoc/>
    public ScenarioResult Run(RunOptions options)
    {
        ulong[] keys = SketchInput.Keys(distinct: 1_000_000);
        var single = new HyperLogLog();
        var batched = new HyperLogLog();
        var set = new HashSet<ulong>();
        return new ThroughputRunner(options).Run(this,
        [
            new ThroughputCase(
                "update",
                [
                    new Contender("HyperLogLog, batches", count => Through(keys, count, (input, at, length) =>
                        batched.Add(input.AsSpan(at, length)))),
                    new Contender("HyperLogLog, one by one", count => Through(keys, count, (input, at, length) =>
                        AddAll(single, input.AsSpan(at, length)))),
                    new Contender("HashSet", count => Through(keys, count, (input, at, length) =>
                        AddAll(set, input.AsSpan(at, length)))),
                ],
                count => count,
                Threads: 1) { Floor = 2 },
            MergeCase(keys),
        ]);
    }

    private static long Through(ulong[] keys, long count, Action<ulong[], int, int> take) => SketchInput.InPieces(keys, count, Piece, take);

    private static ThroughputCase MergeCase(ulong[] keys)
    {
        const int Keys = 20_000;
        var left = new HyperLogLog();
        var right = new HyperLogLog();
        left.Add(keys.AsSpan(0, Keys));
        right.Add(keys.AsSpan(Keys, Keys));
        var leftSet = new HashSet<ulong>(keys[..Keys]);
        var rightSet = new HashSet<ulong>(keys[Keys..(2 * Keys)]);
        return new ThroughputCase(
            "merge 20,000 with 20,000",
            [
                new Contender("HyperLogLog", count => Repeat(count, () => left.Merge(right))),
                new Contender("HashSet", count => Repeat(count, () => leftSet.UnionWith(rightSet))),
            ],
            count => count,
            Threads: 1) { Step = 10, Floor = 100 };
    }

    private static void AddAll(HyperLogLog sketch, ReadOnlySpan<ulong> keys)
    {
        foreach (ulong key in keys)
        {
            sketch.Add(key);
        }
    }

    private static void AddAll(HashSet<ulong> set, ReadOnlySpan<ulong> keys)
    {
        foreach (ulong key in keys)
        {
            set.Add(key);
        }
    }

    private static long Repeat(long count, Action once)
    {
        for (long i = 0; i < count; i++)
        {
            once();
        }

        return count;
    }
}
