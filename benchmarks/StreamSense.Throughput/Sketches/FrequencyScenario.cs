using System.Runtime.InteropServices;
using StreamSense.Core.Sketches;
using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput.Sketches;

/// <summary>How often keys come: the sketches of fixed size beside a dictionary of all keys.</summary>
public sealed class FrequencyScenario : IScenario
{
    private const int Piece = 4096;

    /// <inheritdoc/>
    public string Name => "frequencies";

    /// <inheritdoc/>
    public string Summary => "Counts by key: the heaviest 1,024 counters, Count-Min 4 x 2048, and a dictionary that holds them all";

    /// <inheritdoc/>
    public bool DependsOnVectors => true;

    /// <inheritdoc/>
    public ScenarioResult Run(RunOptions options) => new ThroughputRunner(options).Run(this,
    [
        Case("Zipf over a million keys", SketchInput.ZipfKeys()),
        Case("a million keys, all alike", SketchInput.Keys(distinct: 1_000_000)),
    ]);

    private static ThroughputCase Case(string name, ulong[] keys)
    {
        var heavy = new HeavyHitters(counters: 1024);
        var countMin = new CountMinSketch();
        var batched = new CountMinSketch();
        var counts = new Dictionary<ulong, long>();
        return new ThroughputCase(
            name,
            [
                new Contender("HeavyHitters", count => SketchInput.InPieces(keys, count, Piece, (input, at, length) =>
                    AddAll(heavy, input.AsSpan(at, length)))),
                new Contender("CountMinSketch, batches", count => SketchInput.InPieces(keys, count, Piece, (input, at, length) =>
                    batched.Add(input.AsSpan(at, length)))),
                new Contender("CountMinSketch, one by one", count => SketchInput.InPieces(keys, count, Piece, (input, at, length) =>
                    AddAll(countMin, input.AsSpan(at, length)))),
                new Contender("Dictionary", count => SketchInput.InPieces(keys, count, Piece, (input, at, length) =>
                    AddAll(counts, input.AsSpan(at, length)))),
            ],
            count => count,
            Threads: 1) { Floor = 1 };
    }

    private static void AddAll(HeavyHitters sketch, ReadOnlySpan<ulong> keys)
    {
        foreach (ulong key in keys)
        {
            sketch.Add(key);
        }
    }

    private static void AddAll(CountMinSketch sketch, ReadOnlySpan<ulong> keys)
    {
        foreach (ulong key in keys)
        {
            sketch.Add(key);
        }
    }

    private static void AddAll(Dictionary<ulong, long> counts, ReadOnlySpan<ulong> keys)
    {
        foreach (ulong key in keys)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;
        }
    }
}
