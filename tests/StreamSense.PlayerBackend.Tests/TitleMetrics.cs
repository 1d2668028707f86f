using System.Text.Json;

namespace StreamSense.PlayerBackend.Tests;

/// <summary>A title's metrics as the server reports them.</summary>
internal sealed record TitleMetrics(JsonElement Json)
{
    public int Attempts => Json.GetProperty("attempts").GetInt32();

    public int Plays => Json.GetProperty("plays").GetInt32();

    public int ExitsBeforeStart => Json.GetProperty("exitsBeforeStart").GetInt32();

    public int Stalls => Json.GetProperty("stalls").GetInt32();

    public double StallMs => Json.GetProperty("stallSeconds").GetDouble() * 1000;

    public double WatchMs => Json.GetProperty("watchSeconds").GetDouble() * 1000;

    public double? StartupMs => Json.GetProperty("startupMs").GetProperty("p50") is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    public override string ToString() => Json.GetRawText();
}
