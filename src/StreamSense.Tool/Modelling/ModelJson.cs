using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Ml.Models;
using StreamSense.Ml.Models.Registry;

namespace StreamSense.Tool.Modelling;

/// <summary>Writes models, their places and their state as JSON.</summary>
internal static class ModelJson
{
    private static readonly JsonWriterOptions _options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one object.</summary>
    /// <param name="write">Writes its members.</param>
    public static string Object(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, _options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Writes what is known of a model, as members of the present object.</summary>
    public static void Write(Utf8JsonWriter writer, RegisteredModel model)
    {
        writer.WriteString("name", model.Name);
        writer.WriteString("version", model.Version);
        writer.WriteBoolean("promoted", model.IsPromoted);
        writer.WriteString("path", model.Path);
        writer.WriteNumber("bytes", model.Bytes);
        if (model.Problem is { } problem)
        {
            writer.WriteString("problem", problem);
        }

        if (model.Card is { } card)
        {
            WriteCard(writer, card);
        }
    }

    /// <summary>Writes a layout.</summary>
    public static void Write(Utf8JsonWriter writer, ModelLayout layout)
    {
        writer.WriteStartObject("layout");
        writer.WriteString("hash", layout.Hash.ToString("x16", CultureInfo.InvariantCulture));
        writer.WriteStartArray("features");
        foreach (ModelFeature feature in layout.Features)
        {
            writer.WriteStartObject();
            writer.WriteString("name", feature.Name);
            writer.WriteString("scope", feature.Scope);
            writer.WriteNumber("revision", feature.Revision);
            if (feature is { Least: { } least, Most: { } most })
            {
                writer.WriteNumber("least", least);
                writer.WriteNumber("most", most);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteCard(Utf8JsonWriter writer, ModelCard card)
    {
        writer.WriteString("kind", card.Kind);
        WriteTime(writer, "trainedAt", card.TrainedAt);
        if (card.Seed is { } seed)
        {
            writer.WriteNumber("seed", seed);
        }

        writer.WriteString("options", card.Options);
        writer.WriteStartObject("metrics");
        foreach ((string name, double value) in card.Metrics)
        {
            writer.WriteNumber(name, value);
        }

        writer.WriteEndObject();
        if (card.Data is { } data)
        {
            writer.WriteStartObject("data");
            writer.WriteNumber("rows", data.Rows);
            WriteTime(writer, "from", data.From);
            WriteTime(writer, "to", data.To);
            writer.WriteEndObject();
        }

        writer.WriteStartObject("tags");
        foreach ((string name, string value) in card.Tags)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, EventTime? time)
    {
        if (time is { } known)
        {
            writer.WriteString(name, known.ToString());
        }
    }
}
