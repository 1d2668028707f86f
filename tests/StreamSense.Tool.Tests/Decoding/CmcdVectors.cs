using System.Text.Json;
using StreamSense.Contracts;

namespace StreamSense.Tool.Tests.Decoding;

/// <summary>Published CMCD examples and player logs, which lie beside the repository.</summary>
internal static class CmcdVectors
{
    /// <summary>The path of a file of them; skips the test where they are not here, or fails it where everything is required.</summary>
    public static string Find(string file) => SharedData.Require(Path.Combine("cmcd-vectors", file));

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
}
