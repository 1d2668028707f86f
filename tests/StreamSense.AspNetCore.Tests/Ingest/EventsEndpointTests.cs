using System.Net;
using System.Text;
using System.Text.Json;
using StreamSense.Testing.Clock;
using static StreamSense.AspNetCore.Tests.HostedStreamSense;

namespace StreamSense.AspNetCore.Tests.Ingest;

public sealed class EventsEndpointTests
{
    [Theory]
    [InlineData("application/x-ndjson")]
    [InlineData("application/json")]
    [InlineData("text/plain;charset=UTF-8")]
    public async Task Post_WholeView_AnswersCountsAndIsMeasured(string contentType)
    {
        await using HostedStreamSense host = await StartAsync();

        (HttpStatusCode status, JsonElement body) = await host.PostAsync("events", Body(View("v1"), contentType));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(3, body.GetProperty("offered").GetInt64());
        Assert.Equal(3, body.GetProperty("written").GetInt64());
        Assert.Equal(0, body.GetProperty("rejected").GetInt64());
        Assert.Empty(body.GetProperty("errors").EnumerateArray());
        JsonElement metrics = (await host.MetricsAsync()).GetProperty("metrics");
        Assert.Equal(1, metrics.GetProperty("plays").GetInt64());
        Assert.Equal(4, metrics.GetProperty("playSeconds").GetDouble());
        Assert.InRange(metrics.GetProperty("startupMs").GetProperty("p50").GetDouble(), 495, 505);
    }

    [Fact]
    public async Task Post_BadLineAmongGood_CountsTheGoodAndNamesTheBad()
    {
        await using HostedStreamSense host = await StartAsync();
        string[] lines = View("v1").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string text = $"{lines[0]}\n{{\"kind\":\"no_such\",\"time\":1767261600000}}\n{lines[1]}\n{lines[2]}\n";

        (HttpStatusCode status, JsonElement body) = await host.PostAsync("events", Body(text));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(4, body.GetProperty("offered").GetInt64());
        Assert.Equal(1, body.GetProperty("rejected").GetInt64());
        JsonElement error = Assert.Single(body.GetProperty("errors").EnumerateArray());
        Assert.Equal(2, error.GetProperty("line").GetInt64());
        Assert.Equal("UnknownKind", error.GetProperty("reason").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Equal(1, (await host.MetricsAsync()).GetProperty("metrics").GetProperty("plays").GetInt64());
    }

    [Fact]
    public async Task Post_OnlyBadLines_IsABadRequestWithProblemDetails()
    {
        await using HostedStreamSense host = await StartAsync();

        using HttpResponseMessage answer = await host.Client.PostAsync(new Uri("/streamsense/events", UriKind.Relative), Body("{\"kind\":\n"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        JsonElement body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(400, body.GetProperty("status").GetInt32());
        Assert.Contains("line 1", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, body.GetProperty("rejected").GetInt64());
    }

    [Fact]
    public async Task Post_InvalidUtf8AndZeroAndTenMegabyteLine_AreRefusedByReasonAndGoodOnesCount()
    {
        await using HostedStreamSense host = await StartAsync(options => options.MaxBodyBytes = 12 * 1024 * 1024);
        using var body = new MemoryStream();
        body.Write(Encoding.UTF8.GetBytes(View("v1")));
        body.Write("{\"kind\":\"pause\",\"time\":1,\"view\":\""u8);
        body.Write([0xff, 0xfe]);
        body.Write("\"}\n"u8);
        body.Write("{\"kind\":\"pause\",\"time\":1767261600000,\"view\":\"a\\u0000b\"}\n"u8);
        body.Write("{\"kind\":\"pause\",\"view\":\""u8);
        body.Write(new byte[10 * 1024 * 1024].AsSpan(0, 10 * 1024 * 1024).ToArray().Select(_ => (byte)'x').ToArray());
        body.Write("\"}\n"u8);
        body.Write(Encoding.UTF8.GetBytes(View("v2")));

        (HttpStatusCode status, JsonElement answer) = await host.PostAsync("events", Body(body.ToArray()));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(9, answer.GetProperty("offered").GetInt64());
        Assert.Equal(
            ["InvalidUtf8", "InvalidValue", "TooLarge"],
            answer.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("reason").GetString()));
        JsonElement report = await host.MetricsAsync();
        Assert.Equal(2, report.GetProperty("metrics").GetProperty("plays").GetInt64());
        Assert.Equal(1, report.GetProperty("totals").GetProperty("rejected").GetProperty("TooLarge").GetInt64());
    }

    [Fact]
    public async Task Post_SameBodyTwice_CountsDuplicates()
    {
        await using HostedStreamSense host = await StartAsync();

        await host.PostAsync("events", Body(View("v1")));
        await host.PostAsync("events", Body(View("v1")));

        JsonElement report = await host.MetricsAsync();
        Assert.Equal(6, report.GetProperty("totals").GetProperty("offered").GetInt64());
        Assert.Equal(3, report.GetProperty("totals").GetProperty("duplicates").GetInt64());
        Assert.Equal(1, report.GetProperty("metrics").GetProperty("attempts").GetInt64());
    }

    [Fact]
    public async Task Post_WithSentTime_CorrectsByTheHostsClock()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await using HostedStreamSense host = await StartAsync(clock: clock);

        // The sender's clock is an hour slow, and it claims a time of receipt that nobody believes it.
        await host.PostAsync("events", Body("""
            {"kind":"playback_request","time":"2026-01-01T10:59:58Z","sent":"2026-01-01T11:00:00Z","received":"2001-01-01T00:00:00Z","view":"v","title":"t","id":"1"}
            """));

        JsonElement window = (await host.MetricsAsync()).GetProperty("window");
        Assert.Equal("2026-01-01T11:59:58Z", window.GetProperty("from").GetString());
    }

    [Fact]
    public async Task Post_FromManyAtOnce_CountsEveryRecord()
    {
        const int Senders = 60;
        await using HostedStreamSense host = await StartAsync(options => options.MaxConcurrentBodies = Senders);

        (HttpStatusCode Status, JsonElement)[] answers = await Task.WhenAll(
            Enumerable.Range(0, Senders).Select(i => host.PostAsync("events", Body(View($"v{i}", $"t{i % 3}")))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        JsonElement report = await host.MetricsAsync("?by=title");
        Assert.Equal(Senders, report.GetProperty("metrics").GetProperty("plays").GetInt64());
        Assert.Equal(Senders * 3, report.GetProperty("totals").GetProperty("accepted").GetInt64());
        Assert.Equal(Senders * 4.0, report.GetProperty("metrics").GetProperty("playSeconds").GetDouble());
    }

    [Fact]
    public async Task Post_EmptyBody_IsNoFault()
    {
        await using HostedStreamSense host = await StartAsync();

        (HttpStatusCode status, JsonElement body) = await host.PostAsync("events", Body(string.Empty));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(0, body.GetProperty("offered").GetInt64());
    }
}
