#region docs/how-to/embed-in-a-service.md: program
using StreamSense.AspNetCore;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;
using StreamSense.Sinks.Files;
#endregion
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using StreamSense.Core;
using StreamSense.Core.Ingest.Mapping;
using StreamSense.Core.Ingest.RevenueCat;
using StreamSense.Core.Metrics;
using StreamSense.Ml;
using StreamSense.Ml.Ranking;

namespace StreamSense.Docs.Tests.HowTo;

public sealed class EmbedTests
{
    private const string Events =
        """
        {"kind":"title","time":"2026-03-01T19:00:00Z","id":"t-1","title":"film-42","name":"A film","type":"movie","durationMs":5400000}
        {"kind":"title","time":"2026-03-01T19:00:00Z","id":"t-2","title":"film-43","name":"Another","type":"movie","durationMs":5400000}
        {"kind":"playback_request","time":"2026-03-01T20:00:00Z","view":"v-1","title":"film-42","viewer":"u-7"}
        {"kind":"playback_start","time":"2026-03-01T20:00:01.200Z","view":"v-1"}
        {"kind":"buffer_start","time":"2026-03-01T20:10:00Z","view":"v-1"}
        {"kind":"buffer_end","time":"2026-03-01T20:10:03Z","view":"v-1"}
        {"kind":"playback_end","time":"2026-03-01T20:30:00Z","view":"v-1","reason":"quit"}
        """;

    [Fact]
    public async Task Program_EventsPosted_AreMeasuredKeptAndRanked()
    {
        string data = Directory.CreateTempSubdirectory("streamsense-docs").FullName;
        try
        {
            await using (WebApplication app = Service(["--data", data, "--urls", "http://127.0.0.1:0"]))
            {
                await app.StartAsync();
                using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
                JsonElement taken = await PostAsync(client, "/streamsense/events", Events, "application/x-ndjson");
                Assert.Equal(7, taken.GetProperty("written").GetInt32());
                await app.Services.GetRequiredService<StreamSensePipeline>().DrainAsync();

                JsonElement report = JsonDocument.Parse(await client.GetStringAsync(new Uri("/streamsense/metrics?by=title", UriKind.Relative))).RootElement;
                Assert.Equal(1, report.GetProperty("metrics").GetProperty("stalls").GetInt32());
                JsonElement ranked = await PostAsync(client, "/streamsense/rank", """{"surface":"trending","viewer":"u-7"}""", "application/json");
                Assert.Equal(2, ranked.GetProperty("items").GetArrayLength());
                string own = await client.GetStringAsync(new Uri("/stalls", UriKind.Relative));
                Assert.Contains("film-42", own, StringComparison.Ordinal);
                Assert.NotEqual("[]", await client.GetStringAsync(new Uri("/row/u-7", UriKind.Relative)));
                await app.StopAsync();
            }

            await using WebApplication again = Service(["--data", data, "--urls", "http://127.0.0.1:0"]);
            await again.StartAsync();
            MetricsSnapshot metrics = await again.Services.GetRequiredService<StreamSensePipeline>().ReadMetricsAsync();
            Assert.Equal(1, metrics.Totals.Plays);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task Secure_Numbers_NeedASignedInUser()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Services.AddStreamSense();
        await using WebApplication app = builder.Build();

        Secure(app);

        List<string?> kept = [.. ((IEndpointRouteBuilder)app).DataSources
            .SelectMany(source => source.Endpoints)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null)
            .Select(endpoint => (endpoint as RouteEndpoint)?.RoutePattern.RawText)];
        Assert.Equal(new List<string?> { "/streamsense/metrics", "/streamsense/scorecard", "/streamsense/health" }, kept);
    }

    private static WebApplication Service(string[] args)
    {
        #region docs/how-to/embed-in-a-service.md: program
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        string data = builder.Configuration["data"] ?? "data";
        builder.Services.AddStreamSense(options =>
        {
            // Only what your viewers agreed to before anything is sent. Without this line each event has to carry its own consent.
            options.Consent = ConsentPolicy.Assume(ConsentPurposes.Measurement | ConsentPurposes.Personalisation);
            options.Pipeline = pipeline => pipeline
                .PseudonymiseWith(PseudonymKey.LoadOrCreate(Path.Combine(data, "pseudonym.key")))
                .ReplayFrom(new NdjsonFileSource(Path.Combine(data, "events")))
                .DeliverTo(names => new NdjsonFileSink(Path.Combine(data, "events"), names));
        });

        WebApplication app = builder.Build();
        app.MapStreamSense("/streamsense");
        #endregion
        MapOwn(app);
        return app;
    }

    private static void Run(WebApplication app)
    {
        #region docs/how-to/embed-in-a-service.md: program
        app.Run();
        #endregion
    }

    private static void MapOwn(WebApplication app)
    {
        #region docs/how-to/embed-in-a-service.md: read
        app.MapGet("/stalls", async (StreamSensePipeline pipeline, CancellationToken cancellation) =>
        {
            MetricsSnapshot metrics = await pipeline.ReadMetricsAsync(cancellation);
            return metrics.By(MetricsDimension.Title)
                .Where(title => title.Metrics.Stalls > 0)
                .Select(title => new { title = title.Key, stalls = title.Metrics.Stalls, seconds = title.Metrics.Stall.TotalSeconds });
        });
        #endregion

        #region docs/how-to/embed-in-a-service.md: rank
        app.MapGet("/row/{viewer}", (string viewer, Recommender recommender, StreamSensePipeline pipeline, TimeProvider clock) =>
        {
            var slate = new RankedTitle[20];
            int count = recommender.Rank(
                new RankRequest
                {
                    Id = Encoding.UTF8.GetBytes(Guid.NewGuid().ToString()),   // impressions, clicks and plays that carry it count for this row
                    Surface = "home",
                    Time = EventTime.From(clock.GetUtcNow()),
                    Viewer = pipeline.Pseudonymizer.Viewer(Encoding.UTF8.GetBytes(viewer)),
                    Consent = ConsentPurposes.Measurement | ConsentPurposes.Personalisation,
                },
                slate);
            return slate[..count].Select(slot => pipeline.Vocabulary.Titles.NameOf(slot.Title));
        });
        #endregion
    }

    private static void Secure(WebApplication app)
    {
        #region docs/how-to/embed-in-a-service.md: secure
        app.MapStreamSense("/streamsense").Add(endpoint =>
        {
            if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: "/streamsense/metrics" or "/streamsense/scorecard" or "/streamsense/health" })
            {
                endpoint.Metadata.Add(new AuthorizeAttribute());
            }
        });
        #endregion
    }

    private static void Source(StreamSenseOptions options)
    {
        #region docs/how-to/embed-in-a-service.md: source
        options.Sources["billing"] = _ => new RevenueCatTranslator();
        options.Sources["shop"] = _ => new MappingTranslator(SourceMapping.Load("shop.json"));
        #endregion
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, string body, string type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        using HttpResponseMessage answer = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
