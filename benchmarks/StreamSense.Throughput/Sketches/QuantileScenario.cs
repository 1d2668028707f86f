using StreamSense.Core.Sketches;
using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput.Sketches;

/// <summary>Percentiles of start-up times: the sketch beside a histogram in a dictionary, and beside sorting all values.</summary>
public sealed class QuantileScenario : IScenario
{
    private const int Piece = 4096;
    private const int Whole = SketchInput.Count;

    /// <inheritdoc/>
    public string Name => "quantiles";

    /// <inheritdoc/>
    public string Summary => "Median and 95th percentile of a million log-normal times in milliseconds";

    /// <inheritdoc/>
    public bool DependsOnVectors => true;

    /// <inheritdoc/>
    public ScenarioResult Run(RunOptions options)
    {
        long[] values = SketchInput.Milliseconds();
        var single = new QuantileSketch();
        var batched = new QuantileSketch();
        var histogram = new SortedDictionary<long, long>();
        var kept = new long[SketchInput.Count];
        return new ThroughputRunner(options).Run(this,
        [
            new ThroughputCase(
                "update",
                [
                    new Contender("QuantileSketch, batches", count => SketchInput.InPieces(values, count, Piece, (input, at, length) =>
                        batched.Add(input.AsSpan(at, length)))),
                    new Contender("QuantileSketch, one by one", count => SketchInput.InPieces(values, count, Piece, (input, at, length) =>
                        AddAll(single, input.AsSpan(at, length)))),
                    new Contender("array kept, then sorted", count => SketchInput.InPieces(values, count, Whole, (input, at, length) =>
                    {
                        input.AsSpan(at, length).CopyTo(kept);
                        Array.Sort(kept, 0, length);
                    })),
                    new Contender("SortedDictionary of counts", count => SketchInput.InPieces(values, count, Piece, (input, at, length) =>
                        AddAll(histogram, input.AsSpan(at, length)))),
                ],
                count => count,
                Threads: 1) { Floor = 20 },
        ]);
    }

    private static void AddAll(QuantileSketch sketch, ReadOnlySpan<long> values)
    {
        foreach (long value in values)
        {
            sketch.Add(value);
        }
    }

    private static void AddAll(SortedDictionary<long, long> histogram, ReadOnlySpan<long> values)
    {
        foreach (long value in values)
        {
            histogram[value] = histogram.GetValueOrDefault(value) + 1;
        }
    }
}
