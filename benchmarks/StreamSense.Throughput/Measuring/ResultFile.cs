using System.Text.Json;

namespace StreamSense.Throughput.Measuring;

/// <summary>Results as files in benchmarks/results: JSON for programs, the table for readers.</summary>
public static class ResultFile
{
    /// <summary>Writes both files.</summary>
    /// <returns>The path of the JSON file.</returns>
    public static string Write(ScenarioResult result)
    {
        string folder = Path.Combine(Root(), "benchmarks", "results");
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, result.Scenario + ".json");
        WriteJson(path, result);
        File.WriteAllText(
            Path.ChangeExtension(path, ".md"),
            ResultTable.Format(result)
            + $"Commit {Machine.Commit(Root())}; machine: {Machine.Processor}, {Environment.ProcessorCount} cores; "
            + $"vectors: {Machine.Vectors}; {Machine.System}\n");
        return path;
    }

    /// <summary>Writes the JSON file.</summary>
    public static void WriteJson(string path, ScenarioResult result)
    {
        using FileStream file = File.Create(path);
        using var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        WriteJson(writer, result);
    }

    private static void WriteJson(Utf8JsonWriter writer, ScenarioResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("scenario", result.Scenario);
        writer.WriteString("summary", result.Summary);
        writer.WriteString("commit", Machine.Commit(Root()));
        writer.WriteStartObject("machine");
        writer.WriteString("processor", Machine.Processor);
        writer.WriteNumber("cores", Environment.ProcessorCount);
        writer.WriteString("system", Machine.System);
        writer.WriteString("vectors", Machine.Vectors);
        writer.WriteEndObject();
        writer.WriteBoolean("evaluated", result.IsEvaluated);
        writer.WriteNumber("launches", result.Launches);
        writer.WriteNumber("quietRounds", result.QuietRounds);
        writer.WriteNumber("wantedRounds", result.WantedRounds);
        writer.WriteStartArray("rows");
        foreach (ResultRow row in result.Rows)
        {
            writer.WriteStartObject();
            writer.WriteString("case", row.Case);
            writer.WriteString("contender", row.Contender);
            if (row.Vectors is not null)
            {
                writer.WriteString("vectors", row.Vectors);
            }

            foreach (Figure figure in row.Figures)
            {
                writer.WriteNumber(figure.Name, Math.Round(figure.Value, figure.Digits));
            }

            if (result.IsEvaluated)
            {
                writer.WriteNumber("ratio", Math.Round(row.Ratio, 3));
            }
            else
            {
                writer.WriteNull("ratio");
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "StreamSense.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Results are written from within the repository only.");
    }
}
