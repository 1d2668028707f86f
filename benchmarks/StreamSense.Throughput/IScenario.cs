using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput;

/// <summary>One thing that is measured beside what a user would take instead.</summary>
public interface IScenario
{
    /// <summary>The name on the command line and of the result file, in kebab-case.</summary>
    string Name { get; }

    /// <summary>What is measured, in one line.</summary>
    string Summary { get; }

    /// <summary>The cases, each a group of contenders of which the first is ours and the last the baseline of the ratios.</summary>
    IReadOnlyList<ThroughputCase> Cases { get; }
}
