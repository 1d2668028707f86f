using System.Net;
using System.Text.Json;
using StreamSense.Testing.Clock;
using static StreamSense.AspNetCore.Tests.HostedStreamSense;

namespace StreamSense.AspNetCore.Tests.Ingest;

public sealed class CmcdEndpointTests
{
    // 2026-01-01T10:00:00Z: starting, playing after 800 ms, a seek (k, r, p), a stall of two seconds, the end after ten.
    private const string Session = """
        cid="t1",e=ps,sid="s1",sn=0,sta=s,ts=1767261600000,v=2
        cid="t1",e=ps,sid="s1",sn=1,sta=p,ts=1767261600800,v=2
        cid="t1",e=ps,sid="s1",sn=2,sta=k,ts=1767261602000,v=2
        cid="t1",e=ps,sid="s1",sn=3,sta=r,ts=1767261602010,v=2
        cid="t1",e=ps,sid="s1",sn=4,sta=p,ts=1767261602500,v=2
        cid="t1",e=ps,sid="s1",sn=5,sta=r,ts=1767261604000,v=2
        cid="t1",e=ps,sid="s1",sn=6,sta=p,ts=1767261606000,v=2
        cid="t1",e=ps,sid="s1",sn=7,sta=e,ts=1767261610000,v=2

        """;

    [Theory]
    [InlineData("application/cmcd")]
    [InlineData("text/cmcd")]
    public async Task Post_WholeSession_AnswersNothingAndIsMeasured(string contentType)
    {
        await using HostedStreamSense host = await StartAsync();

        (HttpStatusCode status, JsonElement body) = await host.PostAsync("cmcd", Body(Session, contentType));

        Assert.Equal(HttpStatusCode.NoContent, status);
        Assert.Equal(JsonValueKind.Undefined, body.ValueKind);
        await AssertMeasuredAsync(host);
    }

    [Fact]
    public async Task Post_ARecordARequestInAnyOrder_IsMeasuredTheSame()
    {
        await using HostedStreamSense host = await StartAsync();
        string[] records = Session.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int[] order = [1, 0, 2, 4, 3, 5, 7, 6];

        foreach (int i in order)
        {
            await host.PostAsync("cmcd", Body(records[i] + "\n", "application/cmcd"));
        }

        await AssertMeasuredAsync(host);
    }

    [Fact]
    public async Task Post_WithAPageThatTellsTheSameView_CountsTheStartOnceFromTheFirstRequest()
    {
        // As it was: two sources tell one view while it goes on. Two writers promise no order, so each part is applied before the next.
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 10, 0, 12, TimeSpan.Zero));
        await using HostedStreamSense host = await StartAsync(clock: clock);
        await host.PostAsync("events", Body("""
            {"kind":"playback_request","time":"2026-01-01T09:59:59.5Z","view":"s1","title":"t1","seq":0,"source":"web","viewer":"ann"}
            """));
        await host.MetricsAsync();
        await host.PostAsync("cmcd", Body(Session, "application/cmcd"));
        await host.MetricsAsync();
        await host.PostAsync("events", Body("""
            {"kind":"playback_end","time":"2026-01-01T10:00:11Z","view":"s1","seq":1,"source":"web","reason":"quit"}
            """));

        JsonElement metrics = (await host.MetricsAsync()).GetProperty("metrics");

        Assert.Equal(1, metrics.GetProperty("attempts").GetInt64());
        Assert.InRange(metrics.GetProperty("startupMs").GetProperty("p50").GetDouble(), 1287, 1313);
        Assert.Equal(10.5, metrics.GetProperty("watchSeconds").GetDouble());
    }

    [Fact]
    public async Task Post_ABadRecordAmongGood_AnswersCounts()
    {
        await using HostedStreamSense host = await StartAsync();

        (HttpStatusCode status, JsonElement body) = await host.PostAsync("cmcd", Body("e=ps,sta=p\n" + Session, "application/cmcd"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(1, body.GetProperty("rejected").GetInt64());
        Assert.Equal("MissingField", body.GetProperty("errors")[0].GetProperty("reason").GetString());
        await AssertMeasuredAsync(host);
    }

    private static async Task AssertMeasuredAsync(HostedStreamSense host)
    {
        JsonElement metrics = (await host.MetricsAsync()).GetProperty("metrics");
        Assert.Equal(1, metrics.GetProperty("plays").GetInt64());
        Assert.Equal(1, metrics.GetProperty("stalls").GetInt64());
        Assert.Equal(2, metrics.GetProperty("stallSeconds").GetDouble());
        Assert.Equal(10, metrics.GetProperty("watchSeconds").GetDouble());
        Assert.InRange(metrics.GetProperty("startupMs").GetProperty("p50").GetDouble(), 792, 808);
    }
}
