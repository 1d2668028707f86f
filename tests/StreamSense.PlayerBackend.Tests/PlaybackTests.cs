using System.Text.Json;
using Microsoft.Playwright;

namespace StreamSense.PlayerBackend.Tests;

/// <summary>A real browser plays the sample; what the server measures is compared with what the page measured on the video
/// element.</summary>
public sealed class PlaybackTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("streamsense-player-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [SkippableFact]
    public async Task Playback_WithStallsSeeksAndPauses_IsMeasuredAsThePageSawItAndSurvivesARestart()
    {
        ChromiumBrowser.SkipIfMissing();
        await using ChromiumBrowser chromium = await ChromiumBrowser.LaunchAsync();
        string settled;
        await using (SampleServer server = await SampleServer.StartAsync(_data))
        {
            using var metrics = new MetricsReader(server.Address);
            PlayerPage player = await PlayerPage.OpenHomeAsync(chromium, server.Address);
            await player.ScreenshotAsync("home-before");
            await player.PlayAsync("keyframe");
            await player.WhenPlayheadAsync(3);

            await StallAndCompareAsync(player, metrics, 1500);
            await player.ScreenshotAsync("player");
            await StallAndCompareAsync(player, metrics, 700);
            await SeekAndPauseAsync(player);
            await player.WhenAsync("truth.watchMs > 40000");
            await player.CloseAsync();
            await CompareAsync(player, metrics);
            await LookAsync(player);

            await player.Page.Context.CloseAsync();
            settled = await metrics.SettledAsync();
            JsonElement totals = (await metrics.ReportAsync()).GetProperty("totals");
            Assert.True(totals.GetProperty("rejected").GetRawText() == "{}", $"The page sends what the door refuses: {totals}");
            await server.StopAsync();
        }

        await using SampleServer again = await SampleServer.StartAsync(_data);
        using var after = new MetricsReader(again.Address);
        Assert.Equal(settled, await after.SettledAsync());
    }

    [SkippableFact]
    public async Task Leaving_BeforeTheFirstFrame_IsAnExitBeforeStart()
    {
        ChromiumBrowser.SkipIfMissing();
        await using ChromiumBrowser chromium = await ChromiumBrowser.LaunchAsync();
        await using SampleServer server = await SampleServer.StartAsync(_data);
        using var metrics = new MetricsReader(server.Address);
        PlayerPage player = await PlayerPage.OpenHomeAsync(chromium, server.Address);

        await player.ThrottleAsync(5);
        await player.PlayAsync("noise");
        await player.WhenAsync("truth.watchMs > 1500");
        await player.Page.GotoAsync("about:blank");

        TitleMetrics told = await metrics.TitleWhenAsync("noise", title => title.ExitsBeforeStart == 1);
        Assert.Equal(1, told.ExitsBeforeStart);
        Assert.Equal(1, told.Attempts);
        Assert.Equal(0, told.Plays);
    }

    [SkippableFact]
    public async Task Home_AfterAPlayback_PutsWhatWasWatchedFirst()
    {
        ChromiumBrowser.SkipIfMissing();
        await using ChromiumBrowser chromium = await ChromiumBrowser.LaunchAsync();
        await using SampleServer server = await SampleServer.StartAsync(_data);
        PlayerPage player = await PlayerPage.OpenHomeAsync(chromium, server.Address);
        ILocator cards = player.Page.Locator(".row[data-row=home] .card");
        string title = await cards.Last.GetAttributeAsync("data-title") ?? string.Empty;

        await player.PlayAsync(title);
        await player.WhenPlayheadAsync(8);
        await player.CloseAsync();

        await Assertions.Expect(cards.First).ToHaveAttributeAsync("data-title", title);
        await Assertions.Expect(player.Page.Locator(".row[data-row=continue] .card").First).ToHaveAttributeAsync("data-title", title);
        await Assertions.Expect(player.Page.Locator(".row[data-row=trending] .card").First).ToHaveAttributeAsync("data-title", title);
        await Assertions.Expect(cards.First.Locator(".rose")).ToBeVisibleAsync();
        await player.ScreenshotAsync("home-after");
    }

    private static async Task StallAndCompareAsync(PlayerPage player, MetricsReader metrics, int milliseconds)
    {
        int count = (await PageTruth.ReadAsync(player.Page)).StallsMs.Count;
        double before = (await metrics.TitleAsync("keyframe"))?.StallMs ?? 0;
        await player.StallAsync(milliseconds);
        PageTruth seen = await PageTruth.ReadAsync(player.Page);
        TitleMetrics told = await metrics.TitleWhenAsync("keyframe", title => title.Stalls == seen.StallsMs.Count);
        Assert.True(told.Stalls == seen.StallsMs.Count && told.Stalls > count, $"stalls: told {told}\nseen {seen}");
        Close(seen.StallsMs.Skip(count).Sum(), told.StallMs - before, 300 * (told.Stalls - count), "the stall", told, seen);
    }

    private static async Task SeekAndPauseAsync(PlayerPage player)
    {
        // A seek within full speed, and one that has to wait for its segments: buffering, but no stall.
        await player.SeekAsync(30);
        await player.WhenPlayheadAsync(31);
        await player.ThrottleAsync(150);
        await player.SeekAsync(50);
        await player.WhenPlayheadAsync(50.2);
        await player.ThrottleAsync(0);
        await player.PauseAsync(3000);
        await player.SeekAsync(8);
        await player.WhenPlayheadAsync(9);
    }

    private static async Task CompareAsync(PlayerPage player, MetricsReader metrics)
    {
        PageTruth seen = await PageTruth.ReadAsync(player.Page);
        TitleMetrics told = await metrics.TitleWhenAsync(
            "keyframe", title => Math.Abs(title.WatchMs - seen.WatchMs) <= 0.02 * seen.WatchMs && title.Stalls == seen.StallsMs.Count);
        Assert.Equal(3, seen.Seeks);
        Assert.True(seen.PausedMs >= 3000, $"paused: {seen}");
        Assert.Equal(1, told.Plays);
        Assert.Equal(1, told.Attempts);
        Assert.Equal(seen.StallsMs.Count, told.Stalls);
        Close(seen.StallsMs.Sum(), told.StallMs, 300 * seen.StallsMs.Count, "all stalls", told, seen);
        Close(seen.WatchMs, told.WatchMs, 0.02 * seen.WatchMs, "watch time", told, seen);
        Assert.NotNull(told.StartupMs);
        Close(seen.StartupMs, told.StartupMs.Value, 200, "startup", told, seen);

        // A machine that is busy composes the first frame some time after the element says that it plays; never much before.
        Close(seen.PaintMs, told.StartupMs.Value, 1500, "startup against the composed frame", told, seen);
    }

    private static async Task LookAsync(PlayerPage player)
    {
        await player.Page.GotoAsync("/dashboard.html");
        await player.Page.WaitForSelectorAsync("html[data-ready]");
        await Assertions.Expect(player.Page.Locator("#titles tr")).ToHaveCountAsync(1);
        await Assertions.Expect(player.Page.Locator("#titles")).ToContainTextAsync("Key Frame");
        await Assertions.Expect(player.Page.Locator("#tiles .value").First).ToHaveTextAsync("0");
        await player.ScreenshotAsync("dashboard");
    }

    private static void Close(double expected, double actual, double tolerance, string what, TitleMetrics told, PageTruth seen) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{what}: the page saw {expected:F0} ms, the server tells {actual:F0} ms.\n{told}\n{seen}");
}
