using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StreamSense.Core;
using StreamSense.Core.Delivery;

namespace StreamSense.AspNetCore.Hosting;

/// <summary>Starts the pipeline with the host, what was kept of earlier runs first, and drains it when the host stops.</summary>
internal sealed partial class PipelineHost(StreamSensePipeline pipeline, StreamSenseOptions options, ILogger<PipelineHost> log) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await pipeline.StartAsync(cancellationToken).ConfigureAwait(false);
        foreach (ReplaySummary replay in pipeline.Replays)
        {
            LogReplayed(log, replay.Bytes, replay.Pieces, replay.DamagedPieces, replay.MissingBytes);
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.DrainTimeout);
        await pipeline.StopAsync(limit.Token).ConfigureAwait(false);
        foreach (BatchingDelivery delivery in pipeline.Deliveries)
        {
            DeliveryCounts counts = delivery.Counts;
            if (counts.Dropped > 0)
            {
                LogUndelivered(log, delivery.Name, counts.Dropped, counts.Applied);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Read back {Bytes} bytes of {Pieces} pieces; damaged: {Damaged}, missing bytes: {Missing}")]
    private static partial void LogReplayed(ILogger log, long bytes, int pieces, int damaged, long missing);

    [LoggerMessage(2, LogLevel.Warning, "Sink {Sink}: {Dropped} events could not be delivered, {Applied} were")]
    private static partial void LogUndelivered(ILogger log, string sink, long dropped, long applied);
}
