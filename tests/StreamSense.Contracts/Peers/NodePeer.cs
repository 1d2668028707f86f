using System.Diagnostics;
using System.Text;

namespace StreamSense.Contracts.Peers;

/// <summary>Runs a module of JavaScript among the packages of <see cref="NpmPeers"/>.</summary>
public static class NodePeer
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);

    /// <summary>Runs a module to its end; a test calls it after <see cref="NpmPeers.Require"/>.</summary>
    /// <param name="module">The module's text; it may import the packages by name.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <returns>What it wrote to standard output.</returns>
    public static byte[] Run(string module, ReadOnlyMemory<byte> input)
    {
        var start = new ProcessStartInfo("node", ["--input-type=module", "-e", module])
        {
            WorkingDirectory = NpmPeers.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        using var limit = new CancellationTokenSource(_longest);
        using var output = new MemoryStream();
        Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
        Task copied = process.StandardOutput.BaseStream.CopyToAsync(output, limit.Token);
        process.StandardInput.BaseStream.Write(input.Span);
        process.StandardInput.Close();
        try
        {
            copied.GetAwaiter().GetResult();
            process.WaitForExitAsync(limit.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException exception)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"node did not end within {_longest.TotalSeconds} s.", exception);
        }

        Assert.True(process.ExitCode == 0, $"node ended with {process.ExitCode}: {errors.GetAwaiter().GetResult()}");
        return output.ToArray();
    }

    /// <summary>Runs a module on text.</summary>
    /// <param name="module">The module's text.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <returns>What it wrote to standard output.</returns>
    public static string Run(string module, string input) => Encoding.UTF8.GetString(Run(module, Encoding.UTF8.GetBytes(input)));
}
