using System.Diagnostics;
using System.Text.Json;
using StreamSense.Tool.Tests.Measuring;

namespace StreamSense.Tool.Tests;

/// <summary>The tool as a process: what the runs in this process cannot show.</summary>
public sealed class ProcessTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Process_FedThroughAPipe_PrintsOneObject()
    {
        (int exitCode, string output, string error) = await RunAsync(string.Join('\n', Lines.OfOneView), "measure", "--json", "-");

        Assert.Equal((0, ""), (exitCode, error));
        using JsonDocument report = JsonDocument.Parse(output);
        Assert.Equal(1, report.RootElement.GetProperty("metrics").GetProperty("plays").GetInt64());
    }

    [Fact]
    public async Task Process_ThroughAPipe_WritesNoEscapes()
    {
        (int exitCode, string output, _) = await RunAsync(string.Join('\n', Lines.OfOneView), "measure", "--by", "cdn", "-");

        Assert.Equal(0, exitCode);
        Assert.Contains("By cdn", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task Process_OfAMissingFile_EndsWith2()
    {
        (int exitCode, string output, string error) = await RunAsync("", "measure", "there-is-no-such-file.ndjson");

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Equal("streamsense: cannot read there-is-no-such-file.ndjson: there is no such file", error.TrimEnd());
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string input, params string[] args)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "StreamSense.Tool.dll"));
        foreach (string arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        using Process process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(_patience);
        Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.StandardInput.WriteAsync(input.AsMemory(), deadline.Token);
        process.StandardInput.Close();
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, await output, await error);
    }
}
