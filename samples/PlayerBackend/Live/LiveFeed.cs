using System.Buffers;
using System.Text.Json;
using StreamSense.Core;
using StreamSense.Core.Metrics;

namespace PlayerBackend.Live;

/// <summary>Reads the metrics each second and sends them to every open board, as server-sent events.</summary>
internal sealed class LiveFeed(StreamSensePipeline pipeline, LiveAudience audience, TimeProvider clock) : BackgroundService
{
    private const int ShownWindows = 30;

    private readonly LiveHistory _history = new();
    private Frame _latest = new([], [], Next());

    /// <summary>Serves one board until it goes away.</summary>
    /// <param name="context">The request.</param>
    public async Task ServeAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        var lifetime = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            Frame frame = Volatile.Read(ref _latest);
            await context.Response.Body.WriteAsync(frame.History, gone.Token);
            while (true)
            {
                await context.Response.Body.WriteAsync(frame.Sample, gone.Token);
                await context.Response.Body.FlushAsync(gone.Token);
                frame = await frame.Following.Task.WaitAsync(gone.Token);
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The board was closed, or the server stops.
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        try
        {
            do
            {
                MetricsSnapshot metrics = await pipeline.ReadMetricsAsync(stoppingToken);
                LiveSample sample = _history.Add(clock.GetUtcNow().ToUnixTimeSeconds(), audience.Count, metrics.Totals);
                var frame = new Frame(SpellHistory(), SpellSample(sample, metrics), Next());
                Interlocked.Exchange(ref _latest, frame).Following.SetResult(frame);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (Exception stopped)
            when (stopped is OperationCanceledException or ObjectDisposedException && stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private static TaskCompletionSource<Frame> Next() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static byte[] Spell(ReadOnlySpan<byte> name, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write("event: "u8);
        buffer.Write(name);
        buffer.Write("\ndata: "u8);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        buffer.Write("\n\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private byte[] SpellHistory() => Spell("history"u8, writer =>
    {
        writer.WriteStartArray();
        foreach (LiveSample sample in _history.Samples.SkipLast(1))
        {
            sample.Write(writer);
        }

        writer.WriteEndArray();
    });

    private byte[] SpellSample(LiveSample sample, MetricsSnapshot metrics) => Spell("sample"u8, writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("sample"u8);
        sample.Write(writer);
        writer.WritePropertyName("report"u8);
        MetricsReportWriter.WriteReport(writer, metrics, pipeline.Totals.ToReport(), MetricsDimension.Title, ShownWindows);
        writer.WriteEndObject();
    });

    private sealed record Frame(byte[] History, byte[] Sample, TaskCompletionSource<Frame> Following);
}
