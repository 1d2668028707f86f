using StreamSense.Ml.Training.Boosting;
using StreamSense.Tool.Evaluating;

namespace StreamSense.Tool.Modelling;

/// <summary>The options of boosted trees that <c>--options</c> may set.</summary>
internal sealed class BoostingSettings
{
    /// <summary>What is set, over the defaults.</summary>
    public BoostingOptions Options { get; private set; } = new();

    /// <summary>What the trees are fitted to; null to see from the labels.</summary>
    public BoostingObjective? Objective { get; private set; }

    /// <summary>The options by their names.</summary>
    public static ModelOptions<BoostingSettings> All => new ModelOptions<BoostingSettings>()
        .WordOrAuto<BoostingObjective>("objective", (settings, value) => settings.Objective = value)
        .Whole("trees", (settings, value) => settings.Options = settings.Options with { Trees = value })
        .Number("learningRate", (settings, value) => settings.Options = settings.Options with { LearningRate = value })
        .Whole("maxLeaves", (settings, value) => settings.Options = settings.Options with { MaxLeaves = value })
        .Whole("maxDepth", (settings, value) => settings.Options = settings.Options with { MaxDepth = value })
        .Whole("minRowsPerLeaf", (settings, value) => settings.Options = settings.Options with { MinRowsPerLeaf = value })
        .Number("l1", (settings, value) => settings.Options = settings.Options with { L1 = value })
        .Number("l2", (settings, value) => settings.Options = settings.Options with { L2 = value })
        .Number("rowSample", (settings, value) => settings.Options = settings.Options with { RowSample = value })
        .Number("featureSample", (settings, value) => settings.Options = settings.Options with { FeatureSample = value })
        .Whole("maxBins", (settings, value) => settings.Options = settings.Options with { MaxBins = value })
        .Whole("stopAfter", (settings, value) => settings.Options = settings.Options with { StopAfter = value })
        .Whole("truncation", (settings, value) => settings.Options = settings.Options with { Truncation = value })
        .Whole("threads", (settings, value) => settings.Options = settings.Options with { Threads = value });
}
