using System.Diagnostics;
using System.Runtime.InteropServices;

namespace StreamSense.Ml.Tests.Models.Import;

/// <summary>Models that XGBoost trained, with what it predicts; absent where the machine has no XGBoost for Python.</summary>
public sealed class XgboostOracle : IDisposable
{
    public const int Rows = 10_000;

    public const int Features = 8;

    private const string Missing = "no python3 has the package xgboost (apt-get install python3-xgboost)";

    private readonly string? _folder;

    public XgboostOracle()
    {
        string? python = FindPython();
        if (python is null)
        {
            return;
        }

        _folder = Directory.CreateTempSubdirectory("streamsense-xgboost-").FullName;
        Assert.Equal(0, Run(python, ScriptPath(), _folder));
    }

    /// <summary>Skips the test where there is no XGBoost, unless the run requires it.</summary>
    public void Require()
    {
        bool isRequired = Environment.GetEnvironmentVariable("STREAMSENSE_REQUIRE_SERVICES") == "1";
        Assert.False(isRequired && _folder is null, Missing);
        Skip.If(_folder is null, Missing);
    }

    public byte[] Model(string name) => File.ReadAllBytes(Path.Combine(_folder!, name + ".json"));

    public float[] Numbers(string name) =>
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(_folder!, name + ".f32")).AsSpan()).ToArray();

    public void Dispose()
    {
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static string? FindPython()
    {
        string path = Environment.GetEnvironmentVariable("PATH") ?? "";
        string[] folders = [.. path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), "/usr/bin"];
        return folders.Select(folder => Path.Combine(folder, "python3")).Distinct().Where(File.Exists)
            .FirstOrDefault(python => Run(python, "-c", "import numpy, xgboost") == 0);
    }

    private static int Run(string python, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(python, arguments)
        {
            RedirectStandardError = true, UseShellExecute = false,
        })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static string ScriptPath()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string script = Path.Combine(folder.FullName, "tests", "StreamSense.Ml.Tests", "Models", "Import", "xgboost_oracle.py");
            if (File.Exists(script))
            {
                return script;
            }
        }

        throw new FileNotFoundException($"No folder above {AppContext.BaseDirectory} holds the script of the oracle.");
    }
}
