using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StreamSense.Core;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Privacy;
using StreamSense.Testing.Clock;

namespace StreamSense.AspNetCore.Tests.Ingest;

/// <summary>A segment server with the middleware in front, and the requests that it reads.</summary>
public sealed class CmcdMiddlewareTests : IAsyncDisposable
{
    private readonly Collector _collector = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private WebApplication? _app;

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("/segment?x=1&CMCD=br%3D3200%2Ccid%3D%22t1%22%2Cot%3Dv%2Csid%3D%22s1%22%2Csu", null)]
    [InlineData("/segment", "br=3200,cid=\"t1\",ot=v,sid=\"s1\",su")]
    [InlineData("/segment?CMCD=br%3D9", "br=3200,cid=\"t1\",ot=v,sid=\"s1\",su")]
    public async Task Get_ASegment_WritesAMediaRequestOfItsResponse(string path, string? header)
    {
        (HttpStatusCode status, string body) = await SendAsync(path, header);

        MediaRequestPayload request = (await EventAsync()).ReadPayload<MediaRequestPayload>();
        Assert.Equal((HttpStatusCode.PartialContent, "0123456789"), (status, body));
        Assert.Equal(
            (206, 10L, 3200, (byte)'v', (byte)16),
            (request.Status, request.Bytes, request.BitrateKbps, request.ObjectType, request.CacheAndMarks));
        Assert.Equal((40, 100), (request.TtfbMilliseconds, request.TtlbMilliseconds));
        Assert.Equal("t1", _app!.Services.GetRequiredService<StreamSensePipeline>().Vocabulary.Titles.NameOf((await EventAsync()).Title));
        Assert.Equal(_clock.GetUtcNow().AddMilliseconds(-100), (await EventAsync()).Time.ToDateTimeOffset());
    }

    [Theory]
    [InlineData("/file")]
    [InlineData("/writer")]
    public async Task Get_HoweverTheBodyIsWritten_CountsItsBytes(string path)
    {
        (_, string body) = await SendAsync(path, "br=1");

        Assert.Equal(body.Length, (await EventAsync()).ReadPayload<MediaRequestPayload>().Bytes);
        Assert.NotEqual("", body);
    }

    [Fact]
    public async Task Get_WithoutCmcd_WritesNothing()
    {
        await SendAsync("/segment?br=1", header: null);
        await SendAsync("/segment", "br=2");

        Assert.Equal(2, (await EventAsync()).ReadPayload<MediaRequestPayload>().BitrateKbps);
        Assert.Equal(1, Pipeline.Counters.Offered);
    }

    [Fact]
    public async Task Get_WhatFailsOrCannotBeRead_IsAnsweredAllTheSame()
    {
        (HttpStatusCode missing, _) = await SendAsync("/none", "br=1");
        (HttpStatusCode malformed, string body) = await SendAsync("/segment", "br=");

        Assert.Equal(404, (await EventAsync()).ReadPayload<MediaRequestPayload>().Status);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.PartialContent, "0123456789"), (missing, malformed, body));
        await OfferedAsync(2);
        Assert.Equal((2, 1), (Pipeline.Counters.Offered, Pipeline.Counters.Rejected));
    }

    [Theory]
    [InlineData("GET", "/streamsense/cmcd?CMCD=br%3D7", null, HttpStatusCode.NoContent)]
    [InlineData("HEAD", "/streamsense/cmcd", "br=7", HttpStatusCode.NoContent)]
    [InlineData("GET", "/streamsense/cmcd", null, HttpStatusCode.BadRequest)]
    [InlineData("GET", "/streamsense/cmcd?CMCD=br%3D", null, HttpStatusCode.BadRequest)]
    public async Task Endpoint_ARequestOfItsOwn_IsCountedOnceAndAnswered(
        string method, string path, string? header, HttpStatusCode expected)
    {
        (HttpStatusCode status, _) = await SendAsync(path, header, method);

        Assert.Equal(expected, status);
        await Pipeline.DrainAsync();
        Assert.Equal(path.Contains('?', StringComparison.Ordinal) || header is not null ? 1 : 0, Pipeline.Counters.Offered);
        if (expected == HttpStatusCode.NoContent)
        {
            MediaRequestPayload request = (await EventAsync()).ReadPayload<MediaRequestPayload>();
            Assert.Equal((7, 0, Absent.Time), (request.BitrateKbps, request.Status, request.Bytes));
        }
    }

    private StreamSensePipeline Pipeline => _app!.Services.GetRequiredService<StreamSensePipeline>();

    private async Task<StreamEvent> EventAsync()
    {
        await OfferedAsync(1);
        await Pipeline.DrainAsync();
        return _collector.Events[0];
    }

    // A response is complete for its client before it is for its server.
    private async Task OfferedAsync(long count)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (int round = 0; round < 2000 && Pipeline.Counters.Offered < count; round++)
        {
            await timer.WaitForNextTickAsync();
        }

        Assert.Equal(count, Math.Min(count, Pipeline.Counters.Offered));
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(string path, string? header, string method = "GET")
    {
        _app ??= await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("cmcd-request", header);
        }

        using HttpResponseMessage response = await _app.GetTestClient().SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<WebApplication> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddStreamSense(options =>
        {
            options.Consent = ConsentPolicy.Assume(ConsentPurposes.Measurement);
            options.Pipeline = pipeline => pipeline.FollowWith(_ => _collector);
        });
        WebApplication app = builder.Build();
        app.UseStreamSenseCmcd();
        app.UseRouting();
        app.MapStreamSense("/streamsense");
        app.MapGet("/segment", async context =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(40));
            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes("01234"));
            _clock.Advance(TimeSpan.FromMilliseconds(60));
            await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes("56789"));
        });
        app.MapGet("/writer", context => context.Response.WriteAsync("some text"));
        app.MapGet("/file", context => context.Response.SendFileAsync(typeof(CmcdMiddlewareTests).Assembly.Location + ".txt"));
        await File.WriteAllTextAsync(typeof(CmcdMiddlewareTests).Assembly.Location + ".txt", "a file");
        await app.StartAsync();
        return app;
    }

    private sealed class Collector : IEventConsumer
    {
        private readonly List<StreamEvent> _events = [];

        public IReadOnlyList<StreamEvent> Events
        {
            get
            {
                lock (_events)
                {
                    return [.. _events];
                }
            }
        }

        public void Consume(in EventBatch batch)
        {
            lock (_events)
            {
                foreach (ref readonly StreamEvent e in batch.Events)
                {
                    _events.Add(e);
                }
            }
        }
    }
}
