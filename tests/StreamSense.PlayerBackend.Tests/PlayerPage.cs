using Microsoft.Playwright;

namespace StreamSense.PlayerBackend.Tests;

/// <summary>The sample's page as a viewer uses it.</summary>
internal sealed class PlayerPage(IPage page)
{
    private static readonly PageWaitForFunctionOptions Patience = new() { Timeout = 40_000 };

    public IPage Page => page;

    public static async Task<PlayerPage> OpenHomeAsync(ChromiumBrowser chromium, Uri address)
    {
        IPage page = await chromium.OpenAsync(address);
        var player = new PlayerPage(page);
        await player.GoHomeAsync();
        return player;
    }

    public async Task GoHomeAsync()
    {
        await page.GotoAsync("/");
        await page.WaitForSelectorAsync("html[data-ready]");
    }

    public Task PlayAsync(string title) => page.Locator($".row[data-row=home] .card[data-title='{title}']").ClickAsync();

    public Task CloseAsync() => page.Locator("#close").ClickAsync();

    public Task ThrottleAsync(int kbps) => page.EvaluateAsync("(kbps) => fetch(`/throttle?kbps=${kbps}`, { method: 'POST' })", kbps);

    public Task WhenAsync(string condition) => page.WaitForFunctionAsync($"() => {{ const truth = window.__truth; return truth && ({condition}); }}", null, Patience);

    public Task WhenPlayingAsync() => WhenAsync("truth.state === 'playing'");

    public Task WhenPlayheadAsync(double seconds) => WhenAsync($"truth.state === 'playing' && truth.video.currentTime >= {seconds}");

    public Task SeekAsync(double seconds) => page.EvaluateAsync("(seconds) => { window.__truth.video.currentTime = seconds; }", seconds);

    /// <summary>Throttles until the player has stood still for a while, then lets it go on.</summary>
    public async Task StallAsync(int milliseconds)
    {
        await ThrottleAsync(40);
        await WhenAsync($"truth.stalledSince !== null && performance.now() - truth.stalledSince >= {milliseconds}");
        await ThrottleAsync(0);
        await WhenPlayingAsync();
    }

    public async Task PauseAsync(int milliseconds)
    {
        await page.EvaluateAsync("() => window.__truth.video.pause()");
        await WhenAsync($"truth.pausedSince !== null && performance.now() - truth.pausedSince >= {milliseconds}");
        await page.EvaluateAsync("() => window.__truth.video.play()");
        await WhenPlayingAsync();
    }

    public Task ScreenshotAsync(string name) =>
        page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(RepositoryPaths.Screenshots, $"{name}.png") });
}
