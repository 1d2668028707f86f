using StreamSense.Core;
using StreamSense.Core.Ingest;
using StreamSense.Core.Metrics;

ReadOnlySpan<byte> events =
    """
    {"kind":"playback_request","time":"2026-03-01T20:00:00Z","view":"v1","title":"film-42","cdn":"east"}
    {"kind":"playback_start","time":"2026-03-01T20:00:01.2Z","view":"v1"}
    {"kind":"buffer_start","time":"2026-03-01T20:10:00Z","view":"v1"}
    {"kind":"buffer_end","time":"2026-03-01T20:10:03Z","view":"v1"}
    {"kind":"playback_end","time":"2026-03-01T20:30:00Z","view":"v1","reason":"quit"}
    """u8;

#region README
await using StreamSensePipeline pipeline = StreamSensePipeline.CreateBuilder().Build();
pipeline.Start();

using (NdjsonDoor door = pipeline.RentNdjson())
{
    door.Ingest.Feed(events);                          // any chunk of NDJSON: one event a line
    IngestResult result = door.Ingest.Complete();
    Console.WriteLine($"{result.Written} events taken, {result.Rejected} rejected");
}

await pipeline.DrainAsync();                           // a live host just lets it run
MetricsSnapshot metrics = await pipeline.ReadMetricsAsync();
Console.WriteLine($"{metrics.Totals.Plays} play, {metrics.Totals.Stalls} stall of {metrics.Totals.Stall.TotalSeconds} s");
#endregion

foreach (GroupMetrics title in metrics.By(MetricsDimension.Title))
{
    Console.WriteLine($"{title.Key}: watched {title.Metrics.Watch}, started in {title.Metrics.Startup.P50?.TotalMilliseconds:0} ms");
}
