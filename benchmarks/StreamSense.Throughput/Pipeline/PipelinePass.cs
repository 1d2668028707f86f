using StreamSense.Core;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Metrics;
using StreamSense.Core.Privacy;

namespace StreamSense.Throughput.Pipeline;

/// <summary>The whole way on one thread: decoding, pseudonyms, admission, the ring, sessions, metrics and one reading of them.</summary>
/// <remarks>Each pass has a pipeline of its own, because a pipeline takes an event once; making one is not measured.</remarks>
internal sealed class PipelinePass(byte[] input) : IDisposable
{
    // What one read of a socket or a file brings.
    private const int ChunkBytes = 64 * 1024;

    private StreamSensePipeline? _pipeline;
    private NdjsonDoor? _door;

    /// <summary>Makes the pipeline of the next pass and opens its door, as a host does once at start.</summary>
    public void Prepare()
    {
        Dispose();
        _pipeline = StreamSensePipeline.CreateBuilder()
            .PseudonymiseWith(PseudonymKey.FromSecret("a secret of benchmarks"u8))
            .Build();
        _pipeline.StartPassive();
        _door = _pipeline.RentNdjson();
    }

    /// <summary>Reads the input once.</summary>
    /// <returns>How many events were accepted.</returns>
    /// <exception cref="InvalidOperationException">The metrics know of no play.</exception>
    public long Run()
    {
        StreamSensePipeline pipeline = _pipeline!;
        NdjsonIngest ingest = _door!.Ingest;
        ingest.Begin();
        for (int from = 0; from < input.Length; from += ChunkBytes)
        {
            ingest.Feed(input.AsSpan(from, Math.Min(ChunkBytes, input.Length - from)));
            pipeline.Pump();
        }

        ingest.Complete();

        // Nothing here waits: without threads of its own a pipeline does it all within the call.
        pipeline.DrainAsync().AsTask().GetAwaiter().GetResult();
        MetricsSnapshot metrics = pipeline.ReadMetricsAsync().AsTask().GetAwaiter().GetResult();
        return metrics.Totals.Plays > 0
            ? pipeline.Totals.Admitted.Accepted
            : throw new InvalidOperationException("The metrics know of no play.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _door?.Dispose();
        _pipeline?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _door = null;
        _pipeline = null;
    }
}
