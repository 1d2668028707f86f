using System.Globalization;
using System.Text;
using System.Text.Json;

namespace StreamSense.Tool.Evaluating;

/// <summary>How well an order was learnt.</summary>
/// <param name="Objective">What it was learnt by.</param>
/// <param name="Seed">The seed of the training.</param>
/// <param name="Seconds">How long the training took.</param>
/// <param name="Trees">How many trees the model has.</param>
/// <param name="Queries">How many queries were ranked.</param>
/// <param name="Metrics">The mean of each metric over the queries.</param>
internal sealed record LtrReport(
    string Objective, long Seed, double Seconds, int Trees, int Queries, IReadOnlyList<(string Name, double Value)> Metrics)
{
    /// <summary>The report as one JSON object.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("objective"u8, Objective);
            writer.WriteNumber("seed"u8, Seed);
            writer.WriteNumber("seconds"u8, Math.Round(Seconds, 3));
            writer.WriteNumber("trees"u8, Trees);
            writer.WriteNumber("queries"u8, Queries);
            writer.WriteStartObject("metrics"u8);
            foreach ((string name, double value) in Metrics)
            {
                writer.WriteNumber(name, Math.Round(value, 6));
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The report for people.</summary>
    public IEnumerable<string> Lines()
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        yield return string.Create(culture, $"{Objective}, seed {Seed}: {Trees} trees in {Seconds:0.00} s, {Queries:N0} queries");
        foreach ((string name, double value) in Metrics)
        {
            yield return string.Create(culture, $"  {name,-8} {value:0.0000}");
        }
    }
}
