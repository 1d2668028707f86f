using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;

namespace StreamSense.Benchmarks.Ingest;

/// <summary>One heartbeat line to an event, beside System.Text.Json's source-generated reading of the same line into a class.</summary>
[MemoryDiagnoser]
public class NdjsonDecodeBenchmarks
{
    private readonly byte[] _line = Encoding.UTF8.GetBytes(
        "{\"kind\":\"heartbeat\",\"time\":1772600767123,\"seq\":41,\"source\":\"web\",\"viewer\":\"5f0c7d4e-1b\",\"device\":\"d-77\",\"view\":\"0b9c3a52-9d1f\","
        + "\"title\":\"movie-4711\",\"country\":\"DE\",\"cdn\":\"c1\",\"deviceKind\":\"tv\",\"app\":\"tv 4.2\","
        + "\"playheadMs\":30000.5,\"state\":\"playing\",\"intervalMs\":10000,\"bitrateKbps\":2600,\"bufferMs\":8000,\"droppedFrames\":3}");

    private readonly NdjsonDecoder _decoder = new(new Vocabulary(), new Pseudonymizer(PseudonymKey.CreateRandom()));

    [Benchmark(Baseline = true)]
    public HeartbeatRecord? SystemTextJson() => JsonSerializer.Deserialize(_line, HeartbeatContext.Default.HeartbeatRecord);

    [Benchmark]
    public EventTime Decoder()
    {
        RejectReason reason = _decoder.Decode(_line, default, out StreamEvent streamEvent, out _);
        return reason == RejectReason.None ? streamEvent.Time : throw new InvalidOperationException(_decoder.DescribeLastError());
    }
}
