using System.Text.Json;
using Microsoft.Playwright;

namespace StreamSense.PlayerBackend.Tests;

/// <summary>What the page measured on its video element.</summary>
internal sealed record PageTruth(JsonElement Json)
{
    public double StartupMs => Json.GetProperty("startupMs").GetDouble();

    public double PaintMs => Json.GetProperty("paintMs").GetDouble();

    public double WatchMs => Json.GetProperty("watchMs").GetDouble();

    public int Seeks => Json.GetProperty("seeks").GetInt32();

    public double PausedMs => Json.GetProperty("pausedMs").GetDouble();

    /// <summary>The stalls that count: those of at least a quarter of a second.</summary>
    public IReadOnlyList<double> StallsMs =>
    [
        .. Json.GetProperty("stalls").EnumerateArray()
            .Select(stall => stall.GetProperty("to").GetDouble() - stall.GetProperty("from").GetDouble())
            .Where(duration => duration >= 250),
    ];

    public static async Task<PageTruth> ReadAsync(IPage page)
    {
        string json = await page.EvaluateAsync<string>("() => JSON.stringify(window.__truth)");
        return new PageTruth(JsonDocument.Parse(json).RootElement.Clone());
    }

    public override string ToString() => Json.GetRawText();
}
