using System.Text.Json;
using Microsoft.Playwright;
using StreamSense.PlayerBackend.Tests;

namespace StreamSense.WebClient.Tests;

/// <summary>A page with the collector on it, as a viewer uses it.</summary>
internal sealed class CollectorPage(IPage page)
{
    private static readonly PageWaitForFunctionOptions Patience = new() { Timeout = 30_000 };

    public IPage Page => page;

    public static async Task<CollectorPage> OpenAsync(ChromiumBrowser chromium, Uri address, string name = "play.html")
    {
        IPage page = await chromium.OpenAsync(address);
        var opened = new CollectorPage(page);
        await opened.GoAsync(name);
        return opened;
    }

    public async Task GoAsync(string name)
    {
        await page.GotoAsync("/pages/" + name);
        await page.WaitForSelectorAsync("html[data-ready]");
    }

    /// <summary>The viewer goes elsewhere; what the page measured until then comes back.</summary>
    /// <param name="truth">Which of its measurements: <c>truth</c> looked at the playhead, <c>element</c> listened to the element.</param>
    public async Task<PageTruth> LeaveAsync(string truth = "truth")
    {
        await page.GotoAsync("/pages/blank.html");
        string json = await page.EvaluateAsync<string>("(truth) => localStorage.getItem(truth)", truth);
        return new PageTruth(JsonDocument.Parse(json).RootElement.Clone());
    }

    public Task BeginAsync(string player, object? options = null) =>
        page.EvaluateAsync("([player, options]) => void begin(player, options).catch((error) => console.error(error))", new[] { player, options ?? new { } });

    public Task DoAsync(string script, object? argument = null) => page.EvaluateAsync(script, argument);

    public Task WhenAsync(string condition) => page.WaitForFunctionAsync($"() => ({condition})", null, Patience);

    public Task WhenPlayheadAsync(double seconds) =>
        WhenAsync($"!video.paused && !video.seeking && video.currentTime >= {seconds} && video.readyState > 2");
}
