using System.Text.Json;

namespace StreamSense.Tool.Tests.Decoding;

/// <summary>Published CMCD examples and player logs, which lie beside the repository.</summary>
internal static class CmcdVectors
{
    /// <summary>The path of a file of them; skips the test where they are not here, or fails it where everything is required.</summary>
    public static string Find(string file)
    {
        string relative = Path.Combine("cmcd-vectors", file);
        string? path = Environment.GetEnvironmentVariable("STREAMSENSE_DATA") is { Length: > 0 } data
            ? Path.Combine(data, relative)
            : Above(AppContext.BaseDirectory, Path.Combine("shared", "data", relative));
        bool isHere = path is not null && File.Exists(path);
        Assert.False(!isHere && Environment.GetEnvironmentVariable("STREAMSENSE_REQUIRE_SERVICES") == "1", $"{file} is required in this run");
        Skip.IfNot(isHere, "shared/data is not here");
        return path!;
    }

    public static IEnumerable<JsonElement> All()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Find("cmcd-vectors.json")));
        return [.. document.RootElement.GetProperty("vectors").EnumerateArray().Select(vector => vector.Clone())];
    }

    public static async Task<List<JsonElement>> DecodeAsync(string format, string input, bool strict = false)
    {
        string[] options = strict ? ["--strict"] : [];
        ToolRun run = await ToolRun.WithInputAsync(input, ["decode", "--format", format, .. options, "-"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static string? Above(string? folder, string file)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, file)))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder is null ? null : Path.Combine(folder, file);
    }
}
