using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StreamSense.AspNetCore.Ingest;
using StreamSense.Core;
using StreamSense.Core.Delivery;

namespace StreamSense.AspNetCore.Hosting;

/// <summary>Starts the pipeline with the host, what was kept of earlier runs first, and drains it when the host stops.</summary>
internal sealed partial class PipelineLifetime(StreamSenseHost host, ILogger<PipelineLifetime> log) : IHostedService
{
    // Well below how long a CMCD record waits for the one before it (2 s).
    private static readonly TimeSpan CmcdTick = TimeSpan.FromMilliseconds(500);

    private readonly StreamSensePipeline _pipeline = host.Pipeline;
    private ITimer? _cmcdTimer;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _pipeline.Start(cancellationToken);
        foreach (ReplaySummary replay in _pipeline.Replays)
        {
            LogReplayed(log, replay.Bytes, replay.Pieces, replay.DamagedPieces, replay.MissingBytes);
        }

        _cmcdTimer = host.Clock.CreateTimer(
            static state => ((StreamSenseHost)state!).ReleaseOverdueCmcd(), host, CmcdTick, CmcdTick);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_cmcdTimer is not null)
        {
            await _cmcdTimer.DisposeAsync().ConfigureAwait(false);
        }

        host.CmcdDoors.Close();
        host.CmcdRequests.Close();
        foreach (SourceDoors doors in host.SourceDoors.Values)
        {
            doors.Close();
        }

        await _pipeline.DisposeAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        foreach (BatchingDelivery delivery in _pipeline.Deliveries)
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
