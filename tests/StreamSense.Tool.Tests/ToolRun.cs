using System.Text;
using System.Text.Json;
using StreamSense.Tool.CommandLine;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.Tests;

/// <summary>One run of the command in this process, with its exit code and what it wrote.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    /// <summary>What it wrote to standard output, as one JSON object.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static Task<ToolRun> OfAsync(params string[] args) => WithInputAsync("", args);

    public static Task<ToolRun> WithInputAsync(string input, params string[] args) =>
        WithBytesAsync(Encoding.UTF8.GetBytes(input), args);

    public static async Task<ToolRun> WithBytesAsync(byte[] input, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var standardInput = new MemoryStream(input);
        using var bytes = new MemoryStream();
        var streams = new ToolStreams(standardInput, output, error) { StandardOutput = bytes };
        int exitCode = await ToolCommand.RunAsync(args, streams);
        return new ToolRun(exitCode, output + Encoding.UTF8.GetString(bytes.ToArray()), error.ToString());
    }
}
