using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// --short: a few iterations within this process, for continuous integration; everything else goes to BenchmarkDotNet.
bool isShort = args.Contains("--short");
IConfig config = isShort
    ? DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    : DefaultConfig.Instance;
string[] rest = [.. args.Where(argument => argument != "--short")];
IEnumerable<Summary> summaries =
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest.Length == 0 ? ["--filter", "*"] : rest, config);

// A benchmark that throws has no figures, and must not pass for one that ran.
return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
