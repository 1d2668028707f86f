using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using StreamSense.Ml.Features;
using StreamSense.Testing.Clock;
using static StreamSense.AspNetCore.Tests.HostedStreamSense;

namespace StreamSense.AspNetCore.Tests.Ranking;

public sealed class RankEndpointTests
{
    private const string Catalogue = """
        {"kind":"title","time":"2026-01-01T08:00:00Z","id":"c1","title":"a","name":"A","durationMs":600000}
        {"kind":"title","time":"2026-01-01T08:00:01Z","id":"c2","title":"b","name":"B","durationMs":600000}
        {"kind":"title","time":"2026-01-01T08:00:02Z","id":"c3","title":"c","name":"C","durationMs":600000}

        """;

    [Fact]
    public async Task Post_AfterAPlay_PutsThePlayedTitleFirst()
    {
        await using HostedStreamSense host = await WithCatalogueAsync();
        await host.PostAsync("events", Body(View("v1", "b")));
        await host.Pipeline.DrainAsync();

        (HttpStatusCode status, JsonElement body) = await host.PostAsync("rank", Json("""{"surface":"trending","count":2}"""));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(16, body.GetProperty("request").GetString()!.Length);
        Assert.NotEmpty(body.GetProperty("model").GetString()!);
        JsonElement[] items = [.. body.GetProperty("items").EnumerateArray()];
        Assert.Equal(2, items.Length);
        Assert.Equal("b", items[0].GetProperty("title").GetString());
        Assert.Equal(0, items[0].GetProperty("position").GetInt32());
        Assert.Equal(JsonValueKind.Number, items[0].GetProperty("score").ValueKind);
    }

    [Fact]
    public async Task Post_WithoutCountry_HasThatOfItsAddress()
    {
        await using HostedStreamSense host = await StartAsync(
            options => options.Origin.LookUpAddress = _ => new NetworkPlace("DE", "AS64500"),
            use: app => app.Use((context, next) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Loopback;
                return next(context);
            }));
        await host.PostAsync("events", Body(
            """
            {"kind":"title","time":"2026-01-01T08:00:00Z","id":"c1","title":"a","name":"A","countries":["FR"]}
            {"kind":"title","time":"2026-01-01T08:00:01Z","id":"c2","title":"b","name":"B","countries":["DE"]}

            """));
        await host.Pipeline.DrainAsync();

        Assert.Equal(["b"], await TitlesAsync(host, """{"surface":"home"}"""));
        Assert.Equal(["a"], await TitlesAsync(host, """{"surface":"home","country":"FR"}"""));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_Explain_SaysOfEachTitleWhyItStandsThere(bool onSocket)
    {
        // Half a minute after the play of which the ranking is to tell, and with more features than an explanation names.
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 10, 0, 30, TimeSpan.Zero));
        await using HostedStreamSense host = await WithCatalogueAsync(
            options => options.Ranking = ranking => ranking.ReadFeatures(StandardFeatures.Streaming), onSocket, clock);
        await host.PostAsync("events", Body(View("v1", "b")));
        await host.Pipeline.DrainAsync();

        (HttpStatusCode status, JsonElement body) =
            await host.PostAsync("rank", Json("""{"surface":"home","viewer":"bob","request":"r-1","explain":true}"""));

        Assert.Equal(HttpStatusCode.OK, status);
        JsonElement[] items = [.. body.GetProperty("items").EnumerateArray()];
        Assert.Equal(3, items.Length);
        Assert.Equal("b", items[0].GetProperty("title").GetString());
        for (int i = 0; i < items.Length; i++)
        {
            JsonElement why = items[i].GetProperty("explanation");
            Assert.Equal(body.GetProperty("model").GetString(), why.GetProperty("model").GetString());
            Assert.Equal("TrendingCandidates", Assert.Single(why.GetProperty("sources").EnumerateArray()).GetString());
            JsonElement rights = Assert.Single(why.GetProperty("filters").EnumerateArray());
            Assert.Equal(("rights", "allowed"), (rights.GetProperty("filter").GetString(), rights.GetProperty("verdict").GetString()));
            JsonElement place = Assert.Single(why.GetProperty("places").EnumerateArray());
            Assert.Equal(("greedy", i), (place.GetProperty("step").GetString(), place.GetProperty("place").GetInt32()));

            // What moved the score is all told: it adds up.
            JsonElement[] features = [.. why.GetProperty("features").EnumerateArray()];
            Assert.Equal(20, features.Length);
            Assert.Equal(StandardFeatures.Streaming.Layout.Count - 20, why.GetProperty("featuresLeftOut").GetInt32());
            float score = why.GetProperty("intercept").GetSingle()
                + features.Sum(feature => feature.GetProperty("contribution").GetSingle());
            Assert.Equal(items[i].GetProperty("score").GetSingle(), score, 1e-4f);
        }

        JsonElement most = items[0].GetProperty("explanation").GetProperty("features")[0];
        Assert.Equal("title.plays", most.GetProperty("feature").GetString());
        Assert.True(most.GetProperty("value").GetSingle() > 0);
        (_, JsonElement health) = await host.GetAsync("health");
        Assert.Equal(3, health.GetProperty("recommender").GetProperty("decisionsWritten").GetInt32());
    }

    [Fact]
    public async Task Post_WithoutExplain_SaysNothingOfWhy()
    {
        await using HostedStreamSense host = await WithCatalogueAsync();

        (_, JsonElement body) = await host.PostAsync("rank", Json("""{"surface":"home","explain":false}"""));

        Assert.All(body.GetProperty("items").EnumerateArray(), item => Assert.False(item.TryGetProperty("explanation", out _)));
    }

    [Fact]
    public async Task Post_ExplainWhereTheHostDoesNot_Refuses()
    {
        await using HostedStreamSense host = await WithCatalogueAsync(options => options.ExplainRankings = false);

        (HttpStatusCode status, JsonElement body) = await host.PostAsync("rank", Json("""{"surface":"home","explain":true}"""));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("explain: this server", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("rank", Json("""{"surface":"home"}"""))).Status);
    }

    [Fact]
    public async Task Post_WithARequestId_GivesItBackAndRecordsDecisions()
    {
        await using HostedStreamSense host = await WithCatalogueAsync();

        (_, JsonElement body) = await host.PostAsync("rank", Json("""{"surface":"home","viewer":"ann","request":"r-1","unknown":{"a":[1]},"app":null}"""));

        Assert.Equal("r-1", body.GetProperty("request").GetString());
        (_, JsonElement health) = await host.GetAsync("health");
        Assert.Equal(body.GetProperty("items").GetArrayLength(), health.GetProperty("recommender").GetProperty("decisionsWritten").GetInt32());
    }

    [Fact]
    public async Task Post_WithoutTitles_IsAnEmptySlate()
    {
        await using HostedStreamSense host = await StartAsync();

        (HttpStatusCode status, JsonElement body) = await host.PostAsync("rank", Json("""{"surface":"home"}"""));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(0, body.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("", "The body")]
    [InlineData("[]", "The body is one JSON object")]
    [InlineData("{", "The body is no JSON")]
    [InlineData("{} {}", "The body is no JSON")]
    [InlineData("{}", "surface: missing")]
    [InlineData("{\"surface\":7}", "surface: expected a string")]
    [InlineData("{\"surface\":\"attic\"}", "surface: there is no 'attic'")]
    [InlineData("{\"surface\":\"home\",\"count\":0}", "count: expected")]
    [InlineData("{\"surface\":\"home\",\"count\":1.5}", "count: expected")]
    [InlineData("{\"surface\":\"home\",\"count\":101}", "count: at most 100")]
    [InlineData("{\"surface\":\"home\",\"explain\":1}", "explain: expected true or false")]
    [InlineData("{\"surface\":\"home\",\"viewer\":\"\"}", "viewer: expected")]
    [InlineData("{\"surface\":\"home\",\"viewer\":\"a\\u0000\"}", "viewer: expected")]
    [InlineData("{\"surface\":\"home\",\"consent\":[\"all\"]}", "consent: expected")]
    [InlineData("{\"surface\":\"home\",\"consent\":\"measurement\"}", "consent: expected")]
    public async Task Post_WithAFault_NamesFieldAndRule(string json, string expected)
    {
        await using HostedStreamSense host = await StartAsync();

        (HttpStatusCode status, JsonElement body) = await host.PostAsync("rank", Json(json));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith(expected, body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_LargeBody_IsTooLarge()
    {
        await using HostedStreamSense host = await StartAsync();

        (HttpStatusCode status, _) = await host.PostAsync("rank", Json($$"""{"surface":"home","x":"{{new string('x', 20_000)}}"}"""));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    private static HttpContent Json(string text) => Body(text, "application/json");

    private static async Task<IEnumerable<string?>> TitlesAsync(HostedStreamSense host, string request)
    {
        (HttpStatusCode status, JsonElement body) = await host.PostAsync("rank", Json(request));
        Assert.Equal(HttpStatusCode.OK, status);
        return body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString());
    }

    private static async Task<HostedStreamSense> WithCatalogueAsync(
        Action<StreamSenseOptions>? configure = null, bool onSocket = false, TimeProvider? clock = null)
    {
        HostedStreamSense host = await StartAsync(configure, clock, onSocket);
        await host.PostAsync("events", Body(Catalogue));
        await host.Pipeline.DrainAsync();
        return host;
    }
}
