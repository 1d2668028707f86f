using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput.Pipeline;

/// <summary>Canonical NDJSON through a pipeline that the caller's thread pumps, beside parsing and counting by hand.</summary>
/// <remarks>The baseline does a small part of the pipeline's work; the ratio says what the rest of it costs or saves.</remarks>
public sealed class PipelineScenario : IScenario
{
    /// <inheritdoc/>
    public string Name => "pipeline";

    /// <inheritdoc/>
    public string Summary => "canonical NDJSON to metrics on one thread, beside parsing it into objects and counting these by view";

    /// <inheritdoc/>
    public ScenarioResult Run(RunOptions options)
    {
        byte[] input = SimulatedInput.Make();
        using var pipeline = new PipelinePass(input);
        var handWritten = new HandWrittenPass(input);
        var throughputCase = new ThroughputCase(
            $"{input.Length / 1e6:F1} MB",
            [
                new Contender("StreamSensePipeline", _ => pipeline.Run()) { Prepare = pipeline.Prepare },
                new Contender("System.Text.Json", Repeated(handWritten.Run)),
            ],
            Checksum: events => events,
            Threads: 1)
        {
            Step = SimulatedInput.Events,
        };
        return new ThroughputRunner(options).Run(this, [throughputCase]);
    }

    private static Func<long, long> Repeated(Func<long> pass) => events =>
    {
        long sum = 0;
        for (long done = 0; done < events; done += SimulatedInput.Events)
        {
            sum += pass();
        }

        return sum;
    };
}
