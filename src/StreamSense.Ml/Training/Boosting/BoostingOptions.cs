namespace StreamSense.Ml.Training.Boosting;

/// <summary>How boosted trees are fitted.</summary>
/// <remarks>
/// Memory of a training: for each row and feature 2 bytes, and as much again for each row and feature of a validation set; 40 bytes a row;
/// and histograms of 16 bytes for each bin of each feature, as many as <see cref="MaxHistogramBytes"/> has room for, but at least two.
/// The data themselves are read once, when they are sorted into bins, and not copied; each thread then takes 16 bytes for each of up to
/// 200,000 rows.
/// </remarks>
public sealed record BoostingOptions
{
    /// <summary>What the trees are fitted to.</summary>
    /// <value>Default <see cref="BoostingObjective.Squared"/>.</value>
    public BoostingObjective Objective { get; init; }

    /// <summary>How many trees are grown; early stopping may end sooner.</summary>
    /// <value>Default 200.</value>
    public int Trees { get; init; } = 200;

    /// <summary>By how much each tree is scaled: above 0, at most 1.</summary>
    /// <value>Default 0.05.</value>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>How many leaves a tree has at most; the leaf that gains most is split next.</summary>
    /// <value>Default 0: from the number of rows, one leaf for 250 of them, but no fewer than 8 and no more than 31.</value>
    public int MaxLeaves { get; init; }

    /// <summary>How many questions deep a tree is at most.</summary>
    /// <value>Default 6; 0 for as deep as its leaves allow.</value>
    public int MaxDepth { get; init; } = 6;

    /// <summary>How many rows a leaf has at least.</summary>
    /// <value>Default 10.</value>
    public int MinRowsPerLeaf { get; init; } = 10;

    /// <summary>The sum of second derivatives that a leaf has at least.</summary>
    /// <value>Default 0.001.</value>
    public double MinHessianPerLeaf { get; init; } = 1e-3;

    /// <summary>What a split must gain at least.</summary>
    /// <value>Default 0.</value>
    public double MinSplitGain { get; init; }

    /// <summary>What is taken from the size of a leaf's gradient: pulls small leaves to nothing.</summary>
    /// <value>Default 0.</value>
    public double L1 { get; init; }

    /// <summary>What is added to a leaf's second derivative: pulls leaves towards nothing.</summary>
    /// <value>Default 1.</value>
    public double L2 { get; init; } = 1;

    /// <summary>The share of the rows that each tree sees: above 0, at most 1. Drawn anew for each tree, without replacement.</summary>
    /// <value>Default 0.8.</value>
    public double RowSample { get; init; } = 0.8;

    /// <summary>The share of the features that each tree may ask for: above 0, at most 1. At least one feature.</summary>
    /// <value>Default 0.8.</value>
    public double FeatureSample { get; init; } = 0.8;

    /// <summary>How many values of a feature are told apart at most, from 2 to 255, a missing one aside.</summary>
    /// <value>Default 255.</value>
    public int MaxBins { get; init; } = 255;

    /// <summary>Up to how many categories a categorical feature is split into one against the rest; above it, into two sets.</summary>
    /// <value>Default 4.</value>
    public int MaxOneAgainstRest { get; init; } = 4;

    /// <summary>What is added to the second derivative of a category when categories are put in order and a set is judged.</summary>
    /// <value>Default 10.</value>
    public double CategorySmoothing { get; init; } = 10;

    /// <summary>After how many trees without a smaller loss the training ends and the trees that did not help are cut off; 0 for
    /// never.</summary>
    /// <remarks>
    /// The loss is that of the validation set. Without one, of the squared and the logistic objective, the rows that each tree has not
    /// seen (<see cref="RowSample"/>) tell whether it helped; they are known to tell too early (Ridgeway: Generalized boosted models, 2007,
    /// section 3.3), and half as many trees again are kept.
    /// </remarks>
    /// <value>Default 50.</value>
    public int StopAfter { get; init; } = 50;

    /// <summary>LambdaMART: down to which rank a pair of rows must reach to count.</summary>
    /// <value>Default 30.</value>
    public int Truncation { get; init; } = 30;

    /// <summary>LambdaMART: whether the weight of a pair falls with the distance of its scores, and all groups are brought to a similar
    /// scale.</summary>
    /// <value>Default true.</value>
    public bool NormalizeGroups { get; init; } = true;

    /// <summary>Down to which rank the validation loss of LambdaMART (one minus the mean NDCG) looks.</summary>
    /// <value>Default 10.</value>
    public int ValidationTruncation { get; init; } = 10;

    /// <summary>How many bytes the histograms of one tree take at most; with less room some are built twice.</summary>
    /// <value>Default 256 MiB.</value>
    public long MaxHistogramBytes { get; init; } = 256L << 20;

    /// <summary>From what rows and features are drawn.</summary>
    /// <value>Default 1.</value>
    public long Seed { get; init; } = 1;

    /// <summary>How many threads work; the result is the same to the bit whatever their number.</summary>
    /// <value>Default 0: as many as there are processors.</value>
    public int Threads { get; init; }

    /// <summary>The options with nothing left to the data.</summary>
    /// <param name="rows">How many rows there are.</param>
    internal BoostingOptions For(int rows) => MaxLeaves > 0 ? this : this with { MaxLeaves = Math.Clamp(rows / 250, 8, 31) };

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    public void Validate()
    {
        Check(Enum.IsDefined(Objective), nameof(Objective), Objective);
        Check(Trees >= 1, nameof(Trees), Trees);
        Check(LearningRate is > 0 and <= 1, nameof(LearningRate), LearningRate);
        Check(MaxLeaves is 0 or (>= 2 and <= 32_768), nameof(MaxLeaves), MaxLeaves);
        Check(MaxDepth >= 0, nameof(MaxDepth), MaxDepth);
        Check(MinRowsPerLeaf >= 1, nameof(MinRowsPerLeaf), MinRowsPerLeaf);
        Check(IsAmount(MinHessianPerLeaf), nameof(MinHessianPerLeaf), MinHessianPerLeaf);
        Check(IsAmount(MinSplitGain), nameof(MinSplitGain), MinSplitGain);
        Check(IsAmount(L1), nameof(L1), L1);
        Check(IsAmount(L2), nameof(L2), L2);
        Check(RowSample is > 0 and <= 1, nameof(RowSample), RowSample);
        Check(FeatureSample is > 0 and <= 1, nameof(FeatureSample), FeatureSample);
        Check(MaxBins is >= 2 and <= 255, nameof(MaxBins), MaxBins);
        Check(MaxOneAgainstRest >= 0, nameof(MaxOneAgainstRest), MaxOneAgainstRest);
        Check(IsAmount(CategorySmoothing), nameof(CategorySmoothing), CategorySmoothing);
        Check(StopAfter >= 0, nameof(StopAfter), StopAfter);
        Check(Truncation >= 1, nameof(Truncation), Truncation);
        Check(ValidationTruncation >= 1, nameof(ValidationTruncation), ValidationTruncation);
        Check(MaxHistogramBytes >= 0, nameof(MaxHistogramBytes), MaxHistogramBytes);
        Check(Threads >= 0, nameof(Threads), Threads);
    }

    private static bool IsAmount(double value) => double.IsFinite(value) && value >= 0;

    private static void Check<T>(bool holds, string name, T value)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is outside its range.");
        }
    }
}
