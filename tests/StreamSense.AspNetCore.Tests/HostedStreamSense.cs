using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StreamSense.Core;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;

namespace StreamSense.AspNetCore.Tests;

/// <summary>A host with StreamSense in it, in this process: in memory, or on a real socket.</summary>
internal sealed class HostedStreamSense : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HostedStreamSense(WebApplication app, HttpClient client)
    {
        _app = app;
        Client = client;
    }

    public HttpClient Client { get; }

    public StreamSensePipeline Pipeline => _app.Services.GetRequiredService<StreamSensePipeline>();

    public Uri Address => new(_app.Urls.First());

    public static async Task<HostedStreamSense> StartAsync(
        Action<StreamSenseOptions>? configure = null,
        TimeProvider? clock = null,
        bool onSocket = false,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? use = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        if (onSocket)
        {
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        if (clock is not null)
        {
            builder.Services.AddSingleton(clock);
        }

        // The viewers of these tests have been asked; what a host gets that says nothing is a test of its own.
        builder.Services.AddStreamSense(options =>
            options.Consent = ConsentPolicy.Assume(ConsentPurposes.Measurement | ConsentPurposes.Personalisation));
        builder.Services.AddStreamSense(configure);
        build?.Invoke(builder);
        WebApplication app = builder.Build();
        use?.Invoke(app);
        app.MapStreamSense("/streamsense");
        await app.StartAsync();
        HttpClient client = onSocket ? new HttpClient { BaseAddress = new Uri(app.Urls.First()) } : app.GetTestClient();
        return new HostedStreamSense(app, client);
    }

    public static HttpContent Body(string text, string contentType = "application/x-ndjson") => Body(Encoding.UTF8.GetBytes(text), contentType);

    public static HttpContent Body(byte[] bytes, string contentType = "application/x-ndjson") =>
        new ByteArrayContent(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } };

    /// <summary>A view of four seconds from first frame to end, startup half a second.</summary>
    public static string View(string view, string title = "t1") => $$"""
        {"kind":"playback_request","time":"2026-01-01T10:00:00Z","view":"{{view}}","title":"{{title}}","seq":0,"source":"web","viewer":"ann","device":"d-{{view}}"}
        {"kind":"playback_start","time":"2026-01-01T10:00:00.5Z","view":"{{view}}","seq":1,"source":"web"}
        {"kind":"playback_end","time":"2026-01-01T10:00:04.5Z","view":"{{view}}","seq":2,"source":"web","reason":"quit","playheadMs":4000}

        """;

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, HttpContent content)
    {
        using HttpResponseMessage answer = await Client.PostAsync(new Uri($"/streamsense/{path}", UriKind.Relative), content);
        return (answer.StatusCode, await ReadAsync(answer));
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path)
    {
        using HttpResponseMessage answer = await Client.GetAsync(new Uri($"/streamsense/{path}", UriKind.Relative));
        return (answer.StatusCode, await ReadAsync(answer));
    }

    /// <summary>The metrics after everything that was taken has been applied.</summary>
    public async Task<JsonElement> MetricsAsync(string query = "")
    {
        await Pipeline.DrainAsync();
        (HttpStatusCode status, JsonElement body) = await GetAsync($"metrics{query}");
        Assert.Equal(HttpStatusCode.OK, status);
        return body;
    }

    /// <summary>Completes when so many records have reached the door.</summary>
    public async Task OfferedAsync(long count)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (int round = 0; round < 1000 && Pipeline.Counters.Offered < count; round++)
        {
            await timer.WaitForNextTickAsync();
        }

        Assert.True(Pipeline.Counters.Offered >= count, $"Only {Pipeline.Counters.Offered} of {count} records were offered.");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        string text = await answer.Content.ReadAsStringAsync();
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }
}
