using System.Collections.Immutable;
using System.Text.Json;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Models.Registry;

/// <summary>The file that says which version of a name serves.</summary>
/// <remarks>
/// JSON, so that people and scripts can read it:
/// <c>{"format":1,"generation":2,"promoted":"2","previous":["1"],"history":[{"version":"2","at":"…","rollback":false},…]}</c>. It is
/// replaced as a whole by renaming: a reader sees the old one or the new one.
/// </remarks>
internal static class PromotionFile
{
    private const int Format = 1;
    private const int MostBytes = 1 << 20;

    private static readonly JsonWriterOptions _options = new() { Indented = true };

    /// <summary>Reads the state.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The state; that of nothing promoted if there is no file.</returns>
    /// <exception cref="ModelFormatException">It is damaged, or made by a newer version.</exception>
    public static PromotionState Read(string path)
    {
        byte[] bytes;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > MostBytes)
            {
                throw new ModelFormatException($"{path} has {stream.Length} bytes; {MostBytes} are allowed.");
            }

            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return PromotionState.None;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            return Parse(document.RootElement, path);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ModelFormatException($"{path} is damaged: {exception.Message}", exception);
        }
    }

    /// <summary>Replaces the state.</summary>
    /// <param name="path">The file.</param>
    /// <param name="state">The state.</param>
    public static void Write(string path, PromotionState state) => WholeFile.Write(path, stream =>
    {
        using var writer = new Utf8JsonWriter(stream, _options);
        writer.WriteStartObject();
        writer.WriteNumber("format", Format);
        writer.WriteNumber("generation", state.Generation);
        writer.WriteString("promoted", state.Version);
        writer.WriteStartArray("previous");
        foreach (string version in state.Previous)
        {
            writer.WriteStringValue(version);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("history");
        foreach (Promotion promotion in state.History)
        {
            writer.WriteStartObject();
            writer.WriteString("version", promotion.Version);
            writer.WriteString("at", promotion.At.ToDateTimeOffset());
            writer.WriteBoolean("rollback", promotion.IsRollback);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static PromotionState Parse(JsonElement root, string path)
    {
        int format = root.GetProperty("format").GetInt32();
        if (format != Format)
        {
            throw new ModelFormatException($"{path} was made by another version: its format is {format}, this one reads {Format}.");
        }

        ImmutableArray<string> previous = [.. root.GetProperty("previous").EnumerateArray().Select(Version)];
        ImmutableArray<Promotion> history =
        [
            .. root.GetProperty("history").EnumerateArray().Select(entry => new Promotion(
                Version(entry.GetProperty("version")),
                EventTime.From(At(entry)),
                entry.GetProperty("rollback").GetBoolean())),
        ];
        JsonElement promoted = root.GetProperty("promoted");
        return new PromotionState(
            root.GetProperty("generation").GetInt64(),
            promoted.ValueKind == JsonValueKind.Null ? null : Version(promoted),
            previous,
            history);
    }

    private static DateTimeOffset At(JsonElement entry) => entry.GetProperty("at").TryGetDateTimeOffset(out DateTimeOffset at)
        ? at
        : throw new JsonException("'at' is not a time");

    private static string Version(JsonElement element) => element.GetString() is { } version && ModelName.IsAllowed(version)
        ? version
        : throw new JsonException("a version cannot be one");
}
