using System.Collections.Immutable;
using StreamSense.Ml.Evaluation.Metrics;

namespace StreamSense.Ml.Evaluation;

/// <summary>What <see cref="RankingEvaluator"/> measures.</summary>
/// <remarks>
/// Memory: 4 bytes an item for each thread, 4 bytes a user and place of the longest list, and 8 bytes a user and metric (seven or eight for
/// each cutoff).
/// </remarks>
public sealed class RankingEvaluationOptions
{
    private const int LargestCutoff = 1_000;
    private const int MostRounds = 100_000;

    /// <summary>The lengths of lists that are measured.</summary>
    /// <value>Default 10 and 20.</value>
    public ImmutableArray<int> Cutoffs { get; set; } = [10, 20];

    /// <summary>What finding an item of the test set is worth for NDCG; the other metrics know only found and not found.</summary>
    /// <value>Default <see cref="GainKind.Binary"/>: whatever its rating.</value>
    public GainKind Gain { get; set; }

    /// <summary>How often users are drawn again for the intervals; 0 for none.</summary>
    /// <value>Default 1,000.</value>
    public int BootstrapRounds { get; set; } = 1_000;

    /// <summary>What the draws follow from.</summary>
    /// <value>Default 1.</value>
    public int Seed { get; set; } = 1;

    /// <summary>How many threads may work; the result does not depend on it.</summary>
    /// <value>Default: as many as there are processors.</value>
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>The segment of a user, by which the report is also cut; null for none. Called by one thread.</summary>
    /// <value>Default null.</value>
    public Func<int, string?>? Segment { get; set; }

    /// <summary>What is said of items; without it diversity is not measured.</summary>
    /// <value>Default null.</value>
    public ItemAttributes? Attributes { get; set; }

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message names it.</exception>
    public void Validate()
    {
        if (Cutoffs.IsDefaultOrEmpty
            || Cutoffs.Any(cutoff => cutoff is < 1 or > LargestCutoff)
            || Cutoffs.Distinct().Count() != Cutoffs.Length)
        {
            throw new ArgumentException($"{nameof(Cutoffs)} are one or more different numbers from 1 to {LargestCutoff}.");
        }

        if (!Enum.IsDefined(Gain) || BootstrapRounds is < 0 or > MostRounds || Threads < 1)
        {
            throw new ArgumentException(
                $"{nameof(Gain)} is a named one, {nameof(BootstrapRounds)} 0 to {MostRounds} and {nameof(Threads)} 1 or more.");
        }
    }
}
