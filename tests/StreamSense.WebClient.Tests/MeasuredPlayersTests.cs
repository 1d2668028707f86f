using StreamSense.Core.Metrics;
using StreamSense.PlayerBackend.Tests;
using Xunit.Abstractions;

namespace StreamSense.WebClient.Tests;

/// <summary>Three real players, throttled, sought and paused by script: what the server tells is what the video element did.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class MeasuredPlayersTests(BrowserFixture browser, ITestOutputHelper output)
{
    private const int StartKbps = 500;
    private const int SeekKbps = 60;
    private const int StallKbps = 15;

    [SkippableFact]
    public async Task Players_ThrottledSoughtAndPaused_AreMeasuredAsTheirElementsWere()
    {
        ChromiumBrowser.SkipIfMissing();
        string[] players = ["hls", "dash", "shaka"];
        Array.ForEach(players, PlayerLibrary.Require);
        output.WriteLine("page / server");
        output.WriteLine(MeasuredPlayer.Header);
        var differences = new List<string>();
        foreach (string player in players)
        {
            MeasuredPlayer measured = await PlayAsync(player);
            output.WriteLine(measured.ToString());
            differences.AddRange(measured.Differences().Select(difference => $"{difference}\n{measured.Seen}"));
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private async Task<MeasuredPlayer> PlayAsync(string player)
    {
        await using CollectorServer server = await CollectorServer.StartAsync();
        CollectorPage page = await browser.OpenAsync(server, "play.html");
        server.Pace.Kbps = StartKbps;
        await page.BeginAsync(player);
        await page.WhenPlayheadAsync(1);
        await SeekAndPauseAsync(page, server);
        Assert.True(await Poll.UntilAsync(() => server.Received.Events.Any(e => e.Kind == "resume")), "The pause never came.");
        long stallsBefore = (await server.MetricsAsync()).Stalls;
        await StallAsync(page, server, 700);
        await StallAsync(page, server, 1_500);
        PageTruth seen = await page.LeaveAsync("element");

        Assert.True(await Poll.UntilAsync(() => server.Received.Events.Any(e => e.Kind == "playback_end")), "The end never came.");
        double least = (seen.WatchMs * 0.98) - server.Received.DeliverySpreadMs;
        QualityMetrics live = await server.MetricsWhenAsync(metrics => metrics.Watch.TotalMilliseconds >= least);
        await using CollectorServer again = await CollectorServer.StartAsync();
        await again.ReplayAsync(server.Received.Events);
        QualityMetrics told = await again.MetricsAsync();
        await page.Page.Context.CloseAsync();
        return new MeasuredPlayer(player, seen, live, told, server.Received.DeliverySpreadMs, stallsBefore);
    }

    // A seek into media that is not there and comes slowly, another one on top of it, and a pause.
    private static async Task SeekAndPauseAsync(CollectorPage page, CollectorServer server)
    {
        server.Pace.Kbps = SeekKbps;
        await page.DoAsync("() => element.seek(24)");
        await page.WhenAsync("element.inMs('seeking') > 800");
        await page.DoAsync("() => element.seek(30)");
        await page.WhenAsync("element.inMs('seeking') > 1600");
        server.Pace.Kbps = 0;
        await page.WhenPlayheadAsync(30.3);
        await page.DoAsync("() => element.pause()");
        await page.WhenAsync("element.inMs('paused') > 900");
        await page.DoAsync("() => element.resume()");
        await page.WhenPlayheadAsync(30.6);
    }

    private static async Task StallAsync(CollectorPage page, CollectorServer server, int milliseconds)
    {
        server.Pace.Kbps = StallKbps;
        await page.WhenAsync($"element.inMs('stalled') > {milliseconds}");
        server.Pace.Kbps = 0;
        double stalledAt = await page.Page.EvaluateAsync<double>("() => video.currentTime");
        await page.WhenPlayheadAsync(stalledAt + 0.6);
    }
}
