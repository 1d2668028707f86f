using System.Text.Encodings.Web;
using System.Text.Json;

namespace StreamSense.Tool.Measuring;

/// <summary>What a run found.</summary>
/// <param name="Json">The report as <c>--json</c> prints it. The report for people is a view of it, so that the two cannot
/// disagree.</param>
/// <param name="Inputs">The names of what was read.</param>
/// <param name="By">What the report is cut by; null for nothing.</param>
/// <param name="Complaints">The first rejected records: where, and what is wrong with them.</param>
internal sealed record MeasureReport(
    ReadOnlyMemory<byte> Json,
    IReadOnlyList<string> Inputs,
    string? By,
    IReadOnlyList<string> Complaints)
{
    /// <summary>What other definitions make of it, a line each; empty if nobody asked.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>The names of what was read as a second set; empty where there was one.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary>Writes a report as it is printed.</summary>
    /// <param name="write">Writes the object.</param>
    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(stream, options))
        {
            write(writer);
        }

        return stream.ToArray();
    }

    /// <summary>The report as an object.</summary>
    public JsonDocument Parse() => JsonDocument.Parse(Json);
}
