using System.Text.Json;

namespace StreamSense.WebClient.Tests;

/// <summary>What the page measured by looking at the playhead.</summary>
internal sealed record PageTruth(JsonElement Json)
{
    public double StartupMs => Json.GetProperty("startupMs").GetDouble();

    public double WatchMs => Json.GetProperty("watchMs").GetDouble();

    public int Seeks => Json.GetProperty("seeks").GetInt32();

    public IReadOnlyList<double> StallsMs => [.. Json.GetProperty("stalls").EnumerateArray().Select(stall => stall.GetDouble())];

    public override string ToString() => Json.GetRawText();
}
