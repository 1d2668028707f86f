using System.Text.Json;
using System.Text.Json.Nodes;

namespace StreamSense.WebClient.Tests;

/// <summary>One event as a browser sent it.</summary>
internal sealed record SentEvent(JsonElement Json)
{
    public string Kind => Text("kind") ?? string.Empty;

    public string Id => Text("id") ?? string.Empty;

    public string? View => Text("view");

    public double Time => Number("time") ?? double.NaN;

    public double? Sequence => Number("seq");

    public string? Text(string name) => Json.TryGetProperty(name, out JsonElement value) ? value.ToString() : null;

    public double? Number(string name) =>
        Json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    /// <summary>The event as a line that says nothing of when it was sent.</summary>
    public string WithoutSent()
    {
        JsonObject line = JsonObject.Create(Json)!;
        line.Remove("sent");
        return line.ToJsonString();
    }

    public override string ToString() => Json.GetRawText();
}
