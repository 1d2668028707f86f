using System.Collections.Immutable;

namespace StreamSense.Ml.Ranking.Trees;

/// <summary>Decision trees whose leaves add up: what boosting fits, and what LightGBM and XGBoost models are read into.</summary>
/// <remarks>
/// The answer for a row is <c>Link(LinkScale · (BaseScore + Σ leaf))</c>, added in the order of the trees, in 32 or in 64 bits as
/// <see cref="Arithmetic"/> says: each library is met bit for bit in its own arithmetic. Immutable, and safe for many threads.
/// </remarks>
public sealed class TreeEnsemble
{
    /// <summary>Makes an ensemble.</summary>
    /// <param name="featureNames">The name of each feature, in the order of the rows.</param>
    /// <param name="trees">The trees, in the order in which they add.</param>
    /// <exception cref="ArgumentException">
    /// A tree is not well formed: a child that is none or comes before its parent, a leaf or split that is reached not once, a feature,
    /// a set or a value that is not there or not finite. The message names the tree and the split.
    /// </exception>
    public TreeEnsemble(ImmutableArray<string> featureNames, ImmutableArray<DecisionTree> trees)
    {
        FeatureNames = featureNames;
        Trees = trees;
        for (int tree = 0; tree < trees.Length; tree++)
        {
            TreeShape.Check(trees[tree], tree, featureNames.Length);
        }
    }

    /// <summary>The name of each feature, in the order of the rows.</summary>
    public ImmutableArray<string> FeatureNames { get; }

    /// <summary>The trees, in the order in which they add.</summary>
    public ImmutableArray<DecisionTree> Trees { get; }

    /// <summary>What a row has before the first tree, on the scale of the sum.</summary>
    /// <value>0.</value>
    public double BaseScore { get; init; }

    /// <summary>What turns the sum into the answer.</summary>
    /// <value><see cref="TreeLink.Identity"/>.</value>
    public TreeLink Link { get; init; }

    /// <summary>What the sum is multiplied by before the link: the sigmoid parameter of a LightGBM model.</summary>
    /// <remarks>Without meaning for <see cref="TreeLink.Identity"/>.</remarks>
    /// <value>1.</value>
    public double LinkScale { get; init; } = 1;

    /// <summary>In how many bits the leaves are added.</summary>
    /// <value><see cref="TreeArithmetic.Single"/>.</value>
    public TreeArithmetic Arithmetic { get; init; }
}
