using System.Text.Json;

namespace StreamSense.WebClient.Tests;

/// <summary>What the page measured: by looking at the playhead, or by listening to the element.</summary>
internal sealed record PageTruth(JsonElement Json)
{
    public double StartupMs => Json.GetProperty("startupMs").GetDouble();

    public double WatchMs => Json.GetProperty("watchMs").GetDouble();

    /// <summary>The longest time for which the page did not come to look: it knows nothing better than that.</summary>
    public double BlindMs => Json.GetProperty("blindMs").GetDouble();

    /// <summary>How long it was seeking.</summary>
    public double SeekMs => Json.GetProperty("seekMs").GetDouble();

    public double PausedMs => Json.GetProperty("pausedMs").GetDouble();

    public int Seeks => Json.GetProperty("seeks").GetInt32();

    public IReadOnlyList<double> StallsMs => [.. Json.GetProperty("stalls").EnumerateArray().Select(stall => stall.GetDouble())];

    public override string ToString() => Json.GetRawText();
}
