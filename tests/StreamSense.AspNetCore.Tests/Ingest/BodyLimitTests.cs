using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using StreamSense.Contracts;
using StreamSense.Core.Buffering;
using StreamSense.Testing.Clock;
using static StreamSense.AspNetCore.Tests.HostedStreamSense;

namespace StreamSense.AspNetCore.Tests.Ingest;

public sealed class BodyLimitTests
{
    [Fact]
    public async Task Post_DeclaredLarger_IsTooLargeAndNothingIsTaken()
    {
        await using HostedStreamSense host = await StartAsync(options => options.MaxBodyBytes = 100);

        (HttpStatusCode status, JsonElement body) = await host.PostAsync("events", Body(View("v1")));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("100 bytes", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await host.MetricsAsync()).GetProperty("totals").GetProperty("offered").GetInt64());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_UndeclaredLarger_TakesTheWholeRecordsWithinTheLimit(bool onSocket)
    {
        string text = View("v1") + View("v2");
        int limit = Encoding.UTF8.GetByteCount(View("v1")) + 20;
        await using HostedStreamSense host = await StartAsync(options => options.MaxBodyBytes = limit, onSocket: onSocket);
        using var content = new StreamContent(new TrickleStream(Encoding.UTF8.GetBytes(text), 37));
        content.Headers.ContentType = new("application/x-ndjson");

        (HttpStatusCode status, JsonElement body) = await host.PostAsync("events", content);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Equal(3, body.GetProperty("written").GetInt64());
        Assert.Equal(1, (await host.MetricsAsync()).GetProperty("metrics").GetProperty("plays").GetInt64());
    }

    [Fact]
    public async Task Post_CutInTheMiddle_TakesWhatCameWholeAndCountsTheRest()
    {
        await using HostedStreamSense host = await StartAsync(onSocket: true);
        string text = View("v1");
        byte[] body = Encoding.UTF8.GetBytes(text + "{\"kind\":\"pause\",\"ti");
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(host.Address.Host, host.Address.Port);
            NetworkStream stream = socket.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /streamsense/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nContent-Length: {body.Length + 50}\r\n\r\n"));
            await stream.WriteAsync(body);

            // Bytes that reach the server together with the end of the connection are lost to it; these have been read before.
            await host.OfferedAsync(3);
            socket.Client.Shutdown(SocketShutdown.Send);
            await host.OfferedAsync(4);
        }

        JsonElement report = await host.MetricsAsync();
        Assert.Equal(1, report.GetProperty("metrics").GetProperty("plays").GetInt64());
        Assert.Equal(1, report.GetProperty("totals").GetProperty("rejected").GetProperty("Malformed").GetInt64());
        (HttpStatusCode status, _) = await host.PostAsync("events", Body(View("v2")));
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task Post_WhenTooManyAreRead_IsTurnedAwayWithRetryAfter()
    {
        await using HostedStreamSense host = await StartAsync(options =>
        {
            options.MaxConcurrentBodies = 1;
            options.RetryAfter = TimeSpan.FromSeconds(7);
        });
        var slow = new HeldStream(Encoding.UTF8.GetBytes(View("v1")));
        using var content = new StreamContent(slow);
        content.Headers.ContentType = new("application/x-ndjson");
        Task<(HttpStatusCode Status, JsonElement)> first = host.PostAsync("events", content);
        await slow.Begun;
        await host.OfferedAsync(3);

        using HttpResponseMessage second = await host.Client.PostAsync(new Uri("/streamsense/events", UriKind.Relative), Body(View("v2")));
        slow.Release();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), second.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, (await first).Status);
        (_, JsonElement health) = await host.GetAsync("health");
        Assert.Equal(1, health.GetProperty("bodies").GetProperty("turnedAway").GetInt64());
    }

    [Fact]
    public async Task Post_WhenTheLaneIsFull_SaysHowManyWereTaken()
    {
        using var hold = new ManualResetEventSlim();

        // Events of this minute: those of last winter would wait elsewhere until their senders' clocks are known.
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 10, 0, 5, TimeSpan.Zero));
        await using HostedStreamSense host = await StartAsync(
            options => options.Pipeline = pipeline => pipeline
                .Configure(sizes =>
                {
                    sizes.Lanes.SlotCount = 16;
                    sizes.Ring.SlotCount = 16;
                })
                .FollowWith(_ => new HoldingConsumer(hold)),
            clock);
        string text = string.Concat(Enumerable.Range(0, 100).Select(i => View($"v{i}")));

        (HttpStatusCode status, JsonElement body) = await host.PostAsync("events", Body(text));
        hold.Set();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        long taken = body.GetProperty("taken").GetInt64();
        Assert.InRange(taken, 16, 299);
        Assert.Equal(300, body.GetProperty("offered").GetInt64());
        Assert.Equal(300 - taken, body.GetProperty("rejected").GetInt64());
    }

    [Theory]
    [InlineData("events", "application/xml")]
    [InlineData("events", "application/cmcd")]
    [InlineData("events", "text/plain; charset=utf-16")]
    [InlineData("cmcd", "application/json")]
    [InlineData("rank", "text/plain")]
    public async Task Post_OtherContentType_IsUnsupportedAndSaysWhatIs(string path, string contentType)
    {
        await using HostedStreamSense host = await StartAsync();

        (HttpStatusCode status, JsonElement body) = await host.PostAsync(path, Body("{}", contentType));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
        Assert.NotEmpty(body.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task Post_Compressed_IsUnsupportedAndSaysSo()
    {
        await using HostedStreamSense host = await StartAsync();
        using HttpContent content = Body("x");
        content.Headers.ContentEncoding.Add("gzip");

        (HttpStatusCode status, JsonElement body) = await host.PostAsync("events", content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
        Assert.Contains("gzip", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private sealed class HoldingConsumer(ManualResetEventSlim hold) : IEventConsumer
    {
        public void Consume(in EventBatch batch) => hold.Wait(TimeSpan.FromSeconds(30));
    }
}
