using System.Net;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using PlayerBackend.Media;
using StreamSense.AspNetCore;
using StreamSense.Contracts.Peers;
using StreamSense.Core;
using StreamSense.Core.Metrics;

namespace StreamSense.WebClient.Tests;

/// <summary>A server as a user has one: StreamSense behind Kestrel, with the collector, players and paced media beside it.</summary>
internal sealed class CollectorServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CollectorServer(WebApplication app, ReceivedBodies received)
    {
        _app = app;
        Received = received;
    }

    /// <summary>What browsers posted to the endpoint.</summary>
    public ReceivedBodies Received { get; }

    public Uri Address => new(_app.Urls.First());

    /// <summary>The same server under another origin.</summary>
    public Uri ForeignAddress => new(_app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

    public MediaPace Pace => _app.Services.GetRequiredService<MediaPace>();

    private StreamSensePipeline Pipeline => _app.Services.GetRequiredService<StreamSensePipeline>();

    public static async Task<CollectorServer> StartAsync()
    {
        var options = new WebApplicationOptions { WebRootPath = RepositoryPaths.SampleWeb };
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(options);
        builder.Services.AddRoutingCore();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<MediaPace>();
        builder.Services.AddStreamSense();
        WebApplication app = builder.Build();
        var received = new ReceivedBodies();
        app.Use(received.TakeAsync);
        Serve(app, "/collector", RepositoryPaths.Collector);
        Serve(app, "/pages", RepositoryPaths.Pages);
        foreach (string player in PlayerLibrary.Packages)
        {
            if (NpmPeers.Missing(player) is null)
            {
                Serve(app, "/players/" + player, NpmPeers.PathOf(player));
            }
        }

        app.UseRouting();
        app.MapStreamSense("/streamsense");
        app.MapPacedMedia();
        app.MapGet(DashManifest.Path, (RequestDelegate)DashManifest.ServeAsync);
        await app.StartAsync();
        return new CollectorServer(app, received);
    }

    /// <summary>Takes events as they were sent, by their senders' clock alone.</summary>
    public async Task ReplayAsync(IEnumerable<SentEvent> events)
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var body = new StringContent(string.Join('\n', events.Select(e => e.WithoutSent())));
        using HttpResponseMessage answer = await client.PostAsync(new Uri("/streamsense/events", UriKind.Relative), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The metrics once they satisfy a condition, or when patience ends.</summary>
    public async Task<QualityMetrics> MetricsWhenAsync(Func<QualityMetrics, bool> condition)
    {
        QualityMetrics last = await MetricsAsync();
        await Poll.UntilAsync(async () => condition(last = await MetricsAsync()));
        return last;
    }

    public async Task<QualityMetrics> MetricsAsync() => (await Pipeline.ReadMetricsAsync(CancellationToken.None)).Totals;

    public PipelineTotals Totals => Pipeline.Totals;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Serve(WebApplication app, string path, string folder) =>
        app.UseStaticFiles(new StaticFileOptions { RequestPath = path, FileProvider = new PhysicalFileProvider(folder) });
}
