using System.Text;
using StreamSense.Ml.Models;
using StreamSense.Ml.Models.Import;
using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Ml.Tests.Models.Import;

/// <summary>Small models written by hand, and what LightGBM's own rules of a decision make of them.</summary>
public sealed class LightGbmModelReaderTests
{
    // Bits of a decision type: 1 categorical, 2 default left; 4 missing is zero, 8 missing is NaN.
    [Theory]
    [InlineData(0, 0.5, 1f, 2)]
    [InlineData(0, 0.5, 0.5f, 1)]
    [InlineData(0, 0.5, float.NaN, 1)]
    [InlineData(0, -0.5, float.NaN, 2)]
    [InlineData(0, 0.0, float.NaN, 1)]
    [InlineData(2, -0.5, float.NaN, 2)]
    [InlineData(4, 0.5, 0f, 2)]
    [InlineData(4, 0.5, -1e-36f, 2)]
    [InlineData(4, 0.5, 2e-35f, 1)]
    [InlineData(4, 0.5, float.NaN, 2)]
    [InlineData(6, -0.5, 0f, 1)]
    [InlineData(6, -0.5, float.NaN, 1)]
    [InlineData(6, -0.5, 0.1f, 2)]
    [InlineData(8, 0.5, float.NaN, 2)]
    [InlineData(8, 0.5, 0f, 1)]
    [InlineData(10, -0.5, float.NaN, 1)]
    [InlineData(10, -0.5, 0f, 2)]
    public void Read_MissingTypes_DecideAsTheyDoThere(int decision, double threshold, float value, double expected) =>
        Assert.Equal(expected, Score(Stump(decision, FormattableString.Invariant($"{threshold:R}")), value));

    [Theory]
    [InlineData("0.10000000149011612", 0.1f, 1)]
    [InlineData("0.10000000149011611", 0.1f, 2)]
    [InlineData("0.10000000149011613", 0.1f, 1)]
    [InlineData("1.0000000180025095e-35", 0f, 1)]
    [InlineData("1.0000000180025095e-35", 1e-35f, 1)]
    [InlineData("1e300", float.MaxValue, 1)]
    [InlineData("1e300", float.PositiveInfinity, 2)]
    [InlineData("-1e300", float.NegativeInfinity, 1)]
    [InlineData("-1e300", float.MinValue, 2)]
    public void Read_Thresholds_KeepAtMostIn64Bits(string threshold, float value, double expected) =>
        Assert.Equal(expected, Score(Stump(8, threshold), value));

    // Every number is at most inf, so such a split only asks whether the value is missing.
    [Theory]
    [InlineData(8, "inf", float.PositiveInfinity, 1)]
    [InlineData(8, "inf", float.NegativeInfinity, 1)]
    [InlineData(8, "inf", 0f, 1)]
    [InlineData(8, "inf", float.NaN, 2)]
    [InlineData(10, "inf", float.NaN, 1)]
    [InlineData(4, "inf", 0f, 2)]
    [InlineData(4, "inf", 1f, 1)]
    [InlineData(0, "inf", float.NaN, 1)]
    [InlineData(8, "-inf", float.NegativeInfinity, 1)]
    [InlineData(8, "-inf", float.MinValue, 2)]
    public void Read_InfiniteThreshold_AsksWhetherTheValueIsMissing(int decision, string threshold, float value, double expected) =>
        Assert.Equal(expected, Score(Stump(decision, threshold), value));

    [Theory]
    [InlineData(1f, 1)]
    [InlineData(33f, 1)]
    [InlineData(33.7f, 1)]
    [InlineData(0f, 2)]
    [InlineData(34f, 2)]
    [InlineData(1000f, 2)]
    [InlineData(-1f, 2)]
    [InlineData(float.NaN, 2)]
    public void Read_CategoricalSplit_SendsItsSetLeft(float value, double expected) =>
        Assert.Equal(expected, Score(Stump(1, "1", "num_cat=2\ncat_boundaries=0 1 3\ncat_threshold=7 2 2\n"), value));

    [Fact]
    public void Read_Binary_IsLogisticWithItsSigmoid()
    {
        TreeEnsemble ensemble = Read(Stump(8, "0.5").Replace("regression", "binary sigmoid:2", StringComparison.Ordinal));

        Assert.Equal(1 / (1 + Math.Exp(-2)), Score(ensemble, 0, TreeOutput.Answer), 1e-15);
        Assert.Equal(1, Score(ensemble, 0, TreeOutput.Sum));
    }

    [Theory]
    [InlineData("poisson", TreeLink.Exponential)]
    [InlineData("tweedie tweedie_variance_power:1.5", TreeLink.Exponential)]
    [InlineData("cross_entropy", TreeLink.Logistic)]
    [InlineData("lambdarank", TreeLink.Identity)]
    [InlineData("huber alpha:0.9", TreeLink.Identity)]
    public void Read_Objectives_HaveTheirLink(string objective, TreeLink link) =>
        Assert.Equal(link, Read(Stump(8, "0.5").Replace("regression", objective, StringComparison.Ordinal)).Link);

    [Fact]
    public void Read_SeveralTrees_AddIn64Bits()
    {
        string second = "\nTree=1\nnum_leaves=1\nnum_cat=0\nsplit_feature=\nleaf_value=0.30000000000000004\nshrinkage=1\n";

        TreeEnsemble ensemble = Read(Stump(8, "0.5").Replace("\nend of trees", second + "\nend of trees", StringComparison.Ordinal));

        Assert.Equal(1 + 0.30000000000000004, Score(ensemble, 0, TreeOutput.Sum));
        Assert.Equal([10.0, 30], ensemble.Trees[0].LeafCovers.AsEnumerable());
    }

    [Fact]
    public void Read_AverageOutput_DividesByTheTrees()
    {
        string model = Stump(8, "0.5").Replace("objective=", "average_output\nobjective=", StringComparison.Ordinal)
            .Replace("\nend of trees", "\nTree=1\nnum_leaves=1\nleaf_value=4\n\nend of trees", StringComparison.Ordinal);

        Assert.Equal(2.5, Score(Read(model), 0, TreeOutput.Answer));
    }

    [Fact]
    public void Read_TreeOfThreeLeaves_GoesAsItsChildrenSay()
    {
        string model = Header("regression")
            + "Tree=0\nnum_leaves=3\nsplit_feature=0 1\nthreshold=1 2\ndecision_type=8 10\nleft_child=1 -2\nright_child=-1 -3\n"
            + "leaf_value=10 20 30\n\nend of trees\n";
        TreeEnsemble ensemble = Read(model);
        var scores = new double[4];

        TreeTraversal.Score(ensemble, TreeRows.FromRows([2, 0, 0, 2, 0, 3, 0, float.NaN], 4, 2), scores);

        Assert.Equal([10, 20, 30, 20], scores);
    }

    [Theory]
    [InlineData("tree\nversion=v3", "banana", "Line 1: a LightGBM text model starts with the line 'tree'")]
    [InlineData("version=v3", "version=v2", "Line 2: only the versions v3 and v4")]
    [InlineData("num_class=1", "num_class=3", "Line 3: a model of several classes")]
    [InlineData("num_tree_per_iteration=1", "num_tree_per_iteration=2", "Line 4: a model of several outputs")]
    [InlineData("objective=regression", "objective=multiclass num_class:3", "Line 6: the objective multiclass cannot be read")]
    [InlineData("objective=regression", "objective=regression sqrt", "Line 6: the objective regression with sqrt")]
    [InlineData("objective=regression", "objective=binary sigmoid:x", "Line 6: 'sigmoid:x' is no sigmoid parameter")]
    [InlineData("max_feature_idx=1", "max_feature_idx=2", "there are 2 feature names and 3 features")]
    [InlineData("threshold=0.5", "threshold=nan", "'nan' is no finite number")]
    [InlineData("leaf_value=1", "leaf_value=inf", "'inf' is no finite number")]
    [InlineData("threshold=0.5", "threshold=0.5 0.6", "The tree at line 9: a list has not as many entries")]
    [InlineData("left_child=-1", "left_child=0", "The model is not whole: Split 0 of tree 0")]
    [InlineData("split_feature=0", "split_feature=2", "split 0 names the feature 2 of 2")]
    [InlineData("decision_type=8", "decision_type=12", "split 0 has the decision type 12")]
    [InlineData("decision_type=8", "decision_type=1", "split 0 names a set of categories that is not there")]
    [InlineData("shrinkage=1", "is_linear=1", "a tree with linear models")]
    [InlineData("end of trees", "", "the model ends before 'end of trees'")]
    public void Read_ModelThatCannotBeRead_SaysWhereAndWhy(string what, string instead, string complaint) =>
        Assert.Contains(
            complaint,
            Assert.Throws<ModelFormatException>(() => Read(Stump(8, "0.5").Replace(what, instead, StringComparison.Ordinal))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Read_ModelCutOffAnywhere_Refuses()
    {
        string model = Stump(8, "0.5");
        int end = model.IndexOf("end of trees", StringComparison.Ordinal) + "end of trees".Length;
        for (int length = 0; length < end; length++)
        {
            Assert.Throws<ModelFormatException>(() => Read(model[..length]));
        }

        Read(model[..end]);
    }

    private static string Header(string objective) =>
        $"tree\nversion=v3\nnum_class=1\nnum_tree_per_iteration=1\nmax_feature_idx=1\nobjective={objective}\n"
        + "feature_names=a b\nfeature_infos=[0:1] [0:1]\n";

    private static string Stump(int decision, string threshold, string categories = "") =>
        Header("regression")
        + $"Tree=0\r\nnum_leaves=2\n{categories}split_feature=0\nsplit_gain=3\nthreshold={threshold}\ndecision_type={decision}\n"
        + "left_child=-1\nright_child=-2\nleaf_value=1 2\nleaf_weight=10 30\nleaf_count=10 30\nshrinkage=1\n\n\nend of trees\n\n"
        + "feature_importances:\na=1\n\nparameters:\n[boosting: gbdt]\nend of parameters\n";

    private static TreeEnsemble Read(string model) => LightGbmModelReader.Read(Encoding.UTF8.GetBytes(model));

    private static double Score(string model, float value) => Score(Read(model), value, TreeOutput.Answer);

    private static double Score(TreeEnsemble ensemble, float value, TreeOutput output)
    {
        var scores = new double[1];
        var scorer = new TreeScorer(ensemble);
        scorer.Score(TreeRows.FromRows([value, 0], 1, 2), scores, new byte[scorer.ScratchBytes(1)], output);
        return scores[0];
    }
}
