using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;
using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput.Door;

/// <summary>Canonical NDJSON, line by line, to events: beside System.Text.Json filling objects from the same bytes.</summary>
/// <remarks>
/// The decoder also checks every rule of the schema, hashes ids, interns dimensions and identifies the event; the baselines do not.
/// <code>
/// bytes -> NdjsonDecoder -> StreamEvent
/// bytes -> JsonSerializer -> PlayerRecord
/// bytes -> bytes
/// </code>
/// </remarks>
public sealed class NdjsonScenario : IScenario
{
    private static readonly JsonSerializerOptions _byReflection = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <inheritdoc/>
    public string Name => "decode-ndjson";

    /// <inheritdoc/>
    public string Summary => "canonical NDJSON lines to events, beside System.Text.Json to an object of plain properties";

    /// <inheritdoc/>
    public ScenarioResult Run(RunOptions options)
    {
        PlayerLines lines = PlayerLines.Make();
        var decoder = new NdjsonDecoder(new Vocabulary(), new Pseudonymizer(PseudonymKey.FromSecret("a secret of benchmarks"u8)));
        var throughputCase = new ThroughputCase(
            "players, all kinds",
            [
                new Contender("NdjsonDecoder", events => lines.Read(events, line => Decode(decoder, line))),
                new Contender("copying the bytes", lines.Copy),
                new Contender("System.Text.Json, reflection", events => lines.Read(events, ReadByReflection)),
                new Contender("System.Text.Json, generated", events => lines.Read(events, ReadByGeneratedCode)),
            ],
            Checksum: events => events,
            Threads: 1)
        {
            Step = PlayerLines.Count,
            InputBytesPerEvent = lines.BytesPerLine,
            Floor = 1.5,
        };
        return new ThroughputRunner(options).Run(this, [throughputCase]);
    }

    private static bool Decode(NdjsonDecoder decoder, ReadOnlySpan<byte> line) =>
        decoder.Decode(line, default, out StreamEvent streamEvent, out _) == RejectReason.None && streamEvent.Time != default;

    private static bool ReadByReflection(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize<PlayerRecord>(line, _byReflection)!.Time != default;

    private static bool ReadByGeneratedCode(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize(line, PlayerRecordContext.Default.PlayerRecord)!.Time != default;
}
