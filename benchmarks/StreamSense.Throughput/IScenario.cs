using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput;

/// <summary>One thing that is measured beside what a user would take instead.</summary>
public interface IScenario
{
    /// <summary>The name on the command line and of the result file, in kebab-case.</summary>
    string Name { get; }

    /// <summary>What is measured, in one line.</summary>
    string Summary { get; }

    /// <summary>Whether it takes minutes even if it is run short; <c>all</c> leaves it out.</summary>
    bool IsLong => false;

    /// <summary>Whether its figures depend on how wide the processor's vectors are; then they are taken with narrower ones, too.</summary>
    bool DependsOnVectors => false;

    /// <summary>Measures, by the runner that fits: <see cref="ThroughputRunner"/> or <see cref="LatencyRunner"/>.</summary>
    /// <param name="options">How long to measure.</param>
    ScenarioResult Run(RunOptions options);
}
