using StreamSense.Core.Metrics;
using StreamSense.PlayerBackend.Tests;

namespace StreamSense.WebClient.Tests;

/// <summary>Real players in a real browser: the server measures what the page saw.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class PlaybackTests(BrowserFixture browser)
{
    // The cadence of twenty frames a second and the element's own lag; what the page could not see on a busy machine is added.
    private const double ToleranceMs = 100;

    [SkippableTheory]
    [InlineData("hls")]
    [InlineData("dash")]
    [InlineData("shaka")]
    public async Task Playback_WithAStallASeekAndAPause_IsMeasuredAsThePageSawIt(string player)
    {
        ChromiumBrowser.SkipIfMissing();
        PlayerLibrary.Require(player);
        await using CollectorServer server = await CollectorServer.StartAsync();
        CollectorPage page = await browser.OpenAsync(server, "play.html");

        await page.BeginAsync(player);
        await page.WhenPlayheadAsync(1.5);
        server.Pace.Kbps = 20;
        await page.WhenAsync("truth.stalledMs > 1200");
        server.Pace.Kbps = 0;
        double stalledAt = await page.Page.EvaluateAsync<double>("() => video.currentTime");
        await page.WhenPlayheadAsync(stalledAt + 0.6);
        await page.DoAsync("() => truth.seek(40)");
        await page.WhenPlayheadAsync(40.6);
        await page.DoAsync("() => truth.pause()");
        await page.WhenAsync("performance.now() - truth.pausedSince > 900");
        await page.DoAsync("() => truth.resume()");
        await page.DoAsync("() => background(true)");
        double hiddenAt = await page.Page.EvaluateAsync<double>("() => video.currentTime");
        await page.WhenPlayheadAsync(hiddenAt + 0.8);
        await page.DoAsync("() => background(false)");
        await page.WhenPlayheadAsync(hiddenAt + 1.3);
        PageTruth seen = await page.LeaveAsync();

        Assert.True(await Poll.UntilAsync(() => server.Received.Events.Any(e => e.Kind == "playback_end")), "The end never came.");
        AssertOneView(server.Received.Events, "quit");

        // As the server told it live, corrected by when each batch came; and by the page's clock alone.
        double tolerance = ToleranceMs + seen.BlindMs;
        double spread = server.Received.DeliverySpreadMs;
        double least = seen.WatchMs - tolerance - spread;
        QualityMetrics live = await server.MetricsWhenAsync(metrics => metrics.Watch.TotalMilliseconds >= least);
        AssertMeasured(seen, live, tolerance + spread, server.Received);
        await using CollectorServer again = await CollectorServer.StartAsync();
        await again.ReplayAsync(server.Received.Events);
        AssertMeasured(seen, await again.MetricsAsync(), tolerance, server.Received);
        Assert.True(server.Totals.Rejected.Count == 0, $"{server.Totals}");
        await page.Page.Context.CloseAsync();
    }

    [SkippableFact]
    public async Task Playback_OfWhatIsNotThere_IsAStartFailure()
    {
        ChromiumBrowser.SkipIfMissing();
        PlayerLibrary.Require("hls");
        await using CollectorServer server = await CollectorServer.StartAsync();
        CollectorPage page = await browser.OpenAsync(server, "play.html");

        await page.BeginAsync("hls", new { folder = "/media/nothing", delayMs = 50 });

        QualityMetrics told = await server.MetricsWhenAsync(metrics => metrics.StartFailures == 1);
        Assert.Equal((1L, 1L, 0L), (told.StartFailures, told.Attempts, told.Plays));
        Assert.Contains(server.Received.Events, e => e.Text("code") == "manifestLoadError" && e.Text("severity") == "fatal");
        await page.Page.Context.CloseAsync();
    }

    private static void AssertMeasured(PageTruth seen, QualityMetrics told, double toleranceMs, ReceivedBodies received)
    {
        string all = $"{told}\n{seen}\n{string.Join('\n', received.Events)}";
        Assert.True(told.Plays == 1 && told.Attempts == 1, all);
        Assert.True(seen.StallsMs.Count == told.Stalls && told.Stalls > 0, all);
        Close(seen.StartupMs, told.Startup.P50?.TotalMilliseconds ?? double.NaN, "startup");
        Close(seen.WatchMs, told.Watch.TotalMilliseconds, "watch");
        Close(seen.StallsMs.Sum(), told.Stall.TotalMilliseconds, "stall");
        Assert.InRange(told.BackgroundPlay.TotalMilliseconds, 300, 3000);
        Assert.True(told.AverageBitrateKbps is > 60 and < 500, all);

        void Close(double expected, double actual, string what) => Assert.True(
            Math.Abs(expected - actual) <= toleranceMs,
            $"{what}: the page saw {expected:F0} ms, the server tells {actual:F0} ms, {toleranceMs:F0} apart at most.\n{all}");
    }

    private static void AssertOneView(IReadOnlyList<SentEvent> events, string reason)
    {
        string told = string.Join('\n', events);
        Assert.True(events.Select(e => e.View).Distinct().Count() == 1, told);
        Assert.Equal(Enumerable.Range(0, events.Count).Select(n => (double)n), events.Select(e => e.Sequence ?? -1).Order());
        SentEvent end = Assert.Single(events, e => e.Kind == "playback_end");
        Assert.Equal(reason, end.Text("reason"));
        Assert.True(events.Count(e => e.Kind == "playback_request") == 1, told);
        Assert.True(events.Count(e => e.Kind == "seek_start") == 1 && events.Count(e => e.Kind == "seek_end") == 1, told);
        Assert.True(events.Count(e => e.Kind == "pause") == 1 && events.Count(e => e.Kind == "resume") == 1, told);
        Assert.DoesNotContain(events, e => e.Kind == "rate_change");
    }
}
