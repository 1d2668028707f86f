using StreamSense.Core.Metrics;
using StreamSense.PlayerBackend.Tests;

namespace StreamSense.WebClient.Tests;

/// <summary>What the collector makes of a media element's events, one story each.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class ElementTests(BrowserFixture browser)
{
    [SkippableFact]
    public async Task Play_ToTheEnd_CompletesWithoutThePauseBeforeIt()
    {
        IReadOnlyList<SentEvent> events = await TellAsync("""
            open();
            video.started().tell({ currentTime: 4, paused: true, ended: true }, "pause", "ended");
            """);

        Assert.Equal(["playback_request", "playback_start", "playback_end"], events.Select(e => e.Kind));
        Assert.Equal("completed", events[^1].Text("reason"));
        Assert.Equal(4000, events[^1].Number("playheadMs"));
    }

    [SkippableFact]
    public async Task Load_WithoutPlay_IsAPreloadOnly()
    {
        IReadOnlyList<SentEvent> events = await TellAsync("""
            open();
            video.tell({ readyState: 4 }, "loadstart").frame();
            """);

        SentEvent only = Assert.Single(events);
        Assert.Equal("playback_request", only.Kind);
        Assert.Equal("True", only.Text("preload"));
    }

    [SkippableFact]
    public async Task Play_AfterALoad_IsARequestAndStartsWithTheFrameThatStood()
    {
        IReadOnlyList<SentEvent> events = await TellAsync("""
            open();
            video.tell({ readyState: 4 }, "loadstart").started();
            """);

        Assert.Equal(["playback_request", "playback_request", "playback_start"], events.Select(e => e.Kind));
        Assert.Null(events[1].Text("preload"));
    }

    [SkippableFact]
    public async Task Waiting_WhileItPlays_IsBufferingUntilItPlaysOn()
    {
        IReadOnlyList<SentEvent> events = await TellAsync("""
            open();
            video.started().tell({ readyState: 2 }, "waiting", "waiting").tell({ readyState: 4 }, "playing", "playing");
            """);

        Assert.Equal(["playback_request", "playback_start", "buffer_start", "buffer_end"], events.Select(e => e.Kind));
        Assert.Equal("connection", events[2].Text("reason"));
    }

    [SkippableFact]
    public async Task Waiting_BeforeTheFirstFrame_IsStarting()
    {
        IReadOnlyList<SentEvent> events = await TellAsync("""
            open();
            video.tell({ paused: false }, "play", "waiting").tell({ readyState: 4 }, "playing").frame();
            """);

        Assert.Equal(["playback_request", "playback_start"], events.Select(e => e.Kind));
    }

    [SkippableFact]
    public async Task Seek_WhileItPlays_EndsWhenItPlaysOn()
    {
        IReadOnlyList<SentEvent> events = await TellAsync("""
            open();
            video.started();
            video.tell({ currentTime: 30, seeking: true, readyState: 1 }, "seeking", "waiting", "seeking");
            video.tell({ seeking: false, readyState: 2 }, "seeked").tell({ readyState: 4 }, "playing");
            """);

        Assert.Equal(["playback_request", "playback_start", "seek_start", "seek_end"], events.Select(e => e.Kind));
        Assert.InRange(events[2].Number("playheadMs") ?? -1, 0, 1100);
        Assert.InRange(events[3].Number("playheadMs") ?? -1, 30_000, 30_500);
    }

    [SkippableFact]
    public async Task Seek_WhilePaused_EndsWhereItWent()
    {
        IReadOnlyList<SentEvent> events = await TellAsync("""
            open();
            video.started().tell({ paused: true }, "pause");
            video.tell({ currentTime: 30, seeking: true, readyState: 1 }, "seeking").tell({ seeking: false, readyState: 2 }, "seeked");
            video.tell({ paused: false, readyState: 4 }, "play", "playing");
            """);

        Assert.Equal(
            ["playback_request", "playback_start", "pause", "seek_start", "seek_end", "resume"], events.Select(e => e.Kind));
    }

    [SkippableFact]
    public async Task Seek_OfAPlayerOverAHole_StaysAStall()
    {
        IReadOnlyList<SentEvent> events = await TellAsync("""
            open();
            video.started().tell({ readyState: 2, currentTime: 5 }, "waiting");
            video.tell({ currentTime: 5.1, seeking: true }, "seeking").tell({ seeking: false }, "seeked").tell({ readyState: 4 }, "playing");
            """);

        Assert.Equal(["playback_request", "playback_start", "buffer_start", "buffer_end"], events.Select(e => e.Kind));
    }

    [SkippableFact]
    public async Task Rate_OfZero_IsBufferingAndAnyOtherAChange()
    {
        IReadOnlyList<SentEvent> events = await TellAsync("""
            open();
            video.started().tell({ playbackRate: 0 }, "ratechange").tell({ playbackRate: 1.5 }, "ratechange");
            """);

        Assert.Equal(["playback_request", "playback_start", "buffer_start", "buffer_end", "rate_change"], events.Select(e => e.Kind));
        Assert.Equal(1.5, events[^1].Number("rate"));
    }

    [SkippableFact]
    public async Task Playhead_ThatStandsStill_IsBuffering()
    {
        IReadOnlyList<SentEvent> events = await TellAsync(
            "open(); video.started().tell({ stuck: true });",
            until: "buffer_start",
            after: "video.tell({ stuck: false, currentTime: video.currentTime + 1 }, 'timeupdate');");

        Assert.Equal(["playback_request", "playback_start", "buffer_start", "buffer_end"], events.Select(e => e.Kind));
        Assert.Equal("unknown", events[2].Text("reason"));
    }

    [SkippableFact]
    public async Task Title_ThatChanges_EndsTheViewAndBeginsAnother()
    {
        IReadOnlyList<SentEvent> events = await TellAsync("""
            open({ surface: "home" });
            video.started();
            collector.setTitle("next", { surface: "continue", position: 2 });
            video.tell({}, "playing").frame();
            """);

        Assert.Equal(
            ["playback_request", "playback_start", "playback_end", "playback_request", "playback_start"], events.Select(e => e.Kind));
        Assert.Equal([0d, 1, 2, 0, 1], events.Select(e => e.Sequence ?? -1));
        Assert.Equal("superseded", events[2].Text("reason"));
        Assert.Equal(["film", "film", "film", "next", "next"], events.Select(e => e.Text("title")));
        Assert.Equal("continue", events[3].Text("surface"));
        Assert.NotEqual(events[0].View, events[3].View);
    }

    [SkippableFact]
    public async Task Error_OfTheElement_EndsTheView()
    {
        IReadOnlyList<SentEvent> events = await TellAsync("""
            open();
            video.started().tell({ error: { code: 3, message: "broken" } }, "error");
            collector.detach();
            """);

        Assert.Equal(["playback_request", "playback_start", "error"], events.Select(e => e.Kind));
        Assert.Equal("fatal", events[^1].Text("severity"));
        Assert.Equal("media-3", events[^1].Text("code"));
    }

    [SkippableFact]
    public async Task Error_ThatAPlayerRecoversFrom_IsAWarning()
    {
        IReadOnlyList<SentEvent> events = await TellAsync("""
            const player = Object.assign(new EventTarget(), { getVariantTracks: () => [{ active: true, bandwidth: 500_000, width: 640 }] });
            open({ player });
            video.started().tell({ error: { code: 3, message: "broken" } }, "error").tell({ error: null }, "playing");
            player.dispatchEvent(Object.assign(new Event("error"), { detail: { code: 1001, severity: 1 } }));
            """);

        Assert.Equal(["playback_request", "bitrate_change", "playback_start", "error", "error"], events.Select(e => e.Kind));
        Assert.Equal(500, events[1].Number("bitrateKbps"));
        Assert.All(events.Skip(3), e => Assert.Equal("warning", e.Text("severity")));
        Assert.Equal("shaka-1001", events[^1].Text("code"));
    }

    [SkippableFact]
    public async Task Ads_ByCall_StandBeforeTheFirstFrame()
    {
        IReadOnlyList<SentEvent> events = await TellAsync("""
            open();
            video.tell({ paused: false, readyState: 4 }, "play");
            collector.adBreakStart("b1", "pre");
            collector.adStart("spot", 15000);
            video.tell({}, "playing").frame();
            collector.adQuartile(25);
            collector.adClick();
            collector.adComplete();
            collector.adBreakEnd();
            video.tell({}, "playing").frame();
            """);

        Assert.Equal(
            ["playback_request", "ad_break_start", "ad_start", "ad_quartile", "ad_click", "ad_complete", "ad_break_end", "playback_start"],
            events.Select(e => e.Kind));
        Assert.All(events.Skip(2).Take(4), e => Assert.Equal(("spot", "b1"), (e.Text("ad"), e.Text("break"))));
        Assert.Equal(25, events[3].Number("percent"));
        Assert.Equal(15_000, events[2].Number("durationMs"));
    }

    [SkippableFact]
    public async Task Heartbeat_WhileItPlays_TellsPlayheadAndBuffer()
    {
        IReadOnlyList<SentEvent> events = await TellAsync("open({ heartbeatMs: 100 }); video.started();", until: "heartbeat");

        SentEvent heartbeat = events.First(e => e.Kind == "heartbeat");
        Assert.Equal("playing", heartbeat.Text("state"));
        Assert.Equal(100, heartbeat.Number("intervalMs"));
        Assert.InRange(heartbeat.Number("bufferMs") ?? -1, 1, 12_000);
    }

    [SkippableFact]
    public async Task Autoplay_ThatIsRefused_IsAPauseUntilTheViewerPlays()
    {
        IReadOnlyList<SentEvent> events = await TellAsync(
            "video.tell({ autoplay: true, readyState: 4 }); open();", until: "pause", after: "video.started();");

        Assert.Equal(["playback_request", "pause", "resume", "playback_start"], events.Select(e => e.Kind));
        Assert.Equal("True", events[0].Text("autoplay"));
    }

    [SkippableFact]
    public async Task Element_ThatPlaysAlready_StartsWithoutARequest()
    {
        IReadOnlyList<SentEvent> events = await TellAsync("video.tell({ paused: false, readyState: 4, currentTime: 7 }); open(); video.frame();");

        SentEvent only = Assert.Single(events);
        Assert.Equal("playback_start", only.Kind);
        Assert.Null(only.Number("startupMs"));
    }

    [SkippableFact]
    public async Task Leaving_BeforeTheFirstFrame_IsAnExitBeforeStart()
    {
        ChromiumBrowser.SkipIfMissing();
        await using CollectorServer server = await CollectorServer.StartAsync();
        CollectorPage page = await browser.OpenAsync(server, "element.html");
        await page.DoAsync("() => { open(); video.tell({ paused: false }, 'play'); }");
        await page.Page.GotoAsync("about:blank");

        QualityMetrics told = await server.MetricsWhenAsync(metrics => metrics.ExitsBeforeStart == 1);
        Assert.Equal((1L, 1L, 0L), (told.ExitsBeforeStart, told.Attempts, told.Plays));
        await page.Page.Context.CloseAsync();
    }

    [SkippableFact]
    public async Task Leaving_WhilePlaying_IsAQuitByBeacon()
    {
        ChromiumBrowser.SkipIfMissing();
        await using CollectorServer server = await CollectorServer.StartAsync();
        CollectorPage page = await browser.OpenAsync(server, "element.html");
        await page.DoAsync("() => { open(); video.started().tell({ currentTime: 2 }); }");
        await page.Page.GotoAsync("about:blank");

        Assert.True(await Poll.UntilAsync(() => server.Received.Events.Any(e => e.Kind == "playback_end")));
        SentEvent end = server.Received.Events[^1];
        Assert.Equal("quit", end.Text("reason"));
        Assert.InRange(end.Number("playheadMs") ?? -1, 2000, 30_000);
        Assert.Equal(["playback_request", "playback_start", "playback_end"], server.Received.Events.Select(e => e.Kind));
        await page.Page.Context.CloseAsync();
    }

    private async Task<IReadOnlyList<SentEvent>> TellAsync(string story, string? until = null, string? after = null)
    {
        ChromiumBrowser.SkipIfMissing();
        await using CollectorServer server = await CollectorServer.StartAsync();
        CollectorPage page = await browser.OpenAsync(server, "element.html");
        await page.DoAsync($"() => {{ {story} }}");
        if (until is not null)
        {
            await Poll.UntilAsync(() => server.Received.Events.Any(e => e.Kind == until));
        }

        await page.DoAsync($"async () => {{ {after} await collector.flush(); await collector.flush(); }}");
        IReadOnlyList<SentEvent> events = server.Received.Events;
        await page.Page.Context.CloseAsync();
        Assert.True(server.Totals.Rejected.Count == 0, string.Join('\n', events));
        foreach (IGrouping<string?, SentEvent> view in events.GroupBy(e => e.View))
        {
            Assert.Equal(Enumerable.Range(0, view.Count()).Select(n => (double)n), view.Select(e => e.Sequence ?? -1));
            Assert.Equal(view.Select(e => e.Time).Order(), view.Select(e => e.Time));
        }

        return events;
    }
}
