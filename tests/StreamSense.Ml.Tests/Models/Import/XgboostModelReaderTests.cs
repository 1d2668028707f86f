using System.Text;
using StreamSense.Ml.Models;
using StreamSense.Ml.Models.Import;
using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Ml.Tests.Models.Import;

/// <summary>Small models written by hand, for what no installed XGBoost writes.</summary>
public sealed class XgboostModelReaderTests
{
    [Theory]
    [InlineData("5E-1", 0.5)]
    [InlineData("[5E-1]", 0.5)]
    [InlineData("2", 2)]
    public void Read_BaseScore_InEveryFormOfEveryVersion(string text, double expected) =>
        Assert.Equal(expected, Read(Model(baseScore: text)).BaseScore);

    [Fact]
    public void Read_BaseScoreAsAList_IsTaken() =>
        Assert.Equal(0.25, Read(Model().Replace("\"5E-1\"", "[2.5E-1]", StringComparison.Ordinal)).BaseScore);

    [Theory]
    [InlineData("binary:logistic", "0.25", TreeLink.Logistic, -1.0986122886681098)]
    [InlineData("binary:logitraw", "0.25", TreeLink.Identity, 0.25)]
    [InlineData("count:poisson", "0.25", TreeLink.Exponential, -1.3862943611198906)]
    [InlineData("rank:pairwise", "0.25", TreeLink.Identity, 0.25)]
    public void Read_Objectives_HaveLinkAndBase(string objective, string baseScore, TreeLink link, double expected)
    {
        TreeEnsemble ensemble = Read(Model(objective, baseScore));

        Assert.Equal(link, ensemble.Link);
        Assert.Equal(expected, ensemble.BaseScore, 1e-6);
    }

    [Fact]
    public void Read_BooleanDirections_AreThoseOfEarlyVersions() =>
        Assert.True(Read(Model().Replace("[1,0,0]", "[true,false,false]", StringComparison.Ordinal)).Trees[0].Splits[0].MissingLeft);

    [Fact]
    public void Read_NaNInStrings_StaysText() =>
        Assert.Equal("a\\\"NaN", Read(Model().Replace("\"a\"", "\"a\\\\\\\"NaN\"", StringComparison.Ordinal)).FeatureNames[0]);

    [Theory]
    [InlineData("{", "[", "an object was expected")]
    [InlineData("\"gbtree\"", "\"gblinear\"", "The booster gblinear has no trees")]
    [InlineData("reg:squarederror", "multi:softmax", "The objective multi:softmax cannot be read")]
    [InlineData("\"num_class\":\"0\"", "\"num_class\":\"3\"", "several classes")]
    [InlineData("\"num_feature\":\"2\"", "\"num_feature\":\"3\"", "2 feature names and 3 features")]
    [InlineData("\"num_feature\":\"2\"", "\"num_feature\":\"99999999\"", "no 99999999 features")]
    [InlineData("\"5E-1\"", "\"x\"", "The base score 'x' is no number")]
    [InlineData("\"size_leaf_vector\":\"0\"", "\"size_leaf_vector\":\"2\"", "several targets")]
    [InlineData("[1,-1,-1]", "[0,-1,-1]", "Tree 0 has a child 0 that cannot be")]
    [InlineData("[1,-1,-1]", "[7,-1,-1]", "Tree 0 has a child 7 that cannot be")]
    [InlineData("[1,-1,-1]", "[1,-1]", "lists of different lengths")]
    [InlineData("\"split_indices\":[1,0,0]", "\"split_indices\":[2,0,0]", "names the feature 2 of 2")]
    [InlineData("[0.5,10,20]", "[0.5,10,Infinity]", "not finite")]
    [InlineData("[0.5,10,20]", "[0.5,10,\"x\"]", "at byte")]
    public void Read_ModelThatCannotBeRead_SaysWhy(string what, string instead, string complaint)
    {
        string model = Model();
        int at = model.IndexOf(what, StringComparison.Ordinal);
        string changed = string.Concat(model.AsSpan(0, at), instead, model.AsSpan(at + what.Length));

        Assert.Contains(complaint, Assert.Throws<ModelFormatException>(() => Read(changed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Stump_Scores()
    {
        var scores = new double[3];

        TreeTraversal.Score(Read(Model()), TreeRows.FromRows([0, 0.4f, 0, 0.5f, 0, float.NaN], 3, 2), scores);

        Assert.Equal([10.5, 20.5, 10.5], scores);
    }

    [Fact]
    public void Read_Stream_IsTheSame()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("\uFEFF" + Model()));

        Assert.Equal(["a", "b"], XgboostModelReader.Read(stream).FeatureNames.AsEnumerable());
    }

    private static string Model(string objective = "reg:squarederror", string baseScore = "5E-1") =>
        """
        {"learner":{"attributes":{},"feature_names":["a","b"],"feature_types":[],
         "gradient_booster":{"model":{"gbtree_model_param":{"num_trees":"1"},"tree_info":[0],"trees":[
          {"base_weights":[0,1,2],"categories":[],"categories_nodes":[],"categories_segments":[],"categories_sizes":[],
           "default_left":[1,0,0],"id":0,"left_children":[1,-1,-1],"right_children":[2,-1,-1],"split_indices":[1,0,0],
           "split_conditions":[0.5,10,20],"split_type":[0,0,0],"sum_hessian":[4,1,3],
           "tree_param":{"num_nodes":"3","size_leaf_vector":"0"}}]},"name":"gbtree"},
         "learner_model_param":{"base_score":"BASE","num_class":"0","num_feature":"2","num_target":"1"},
         "objective":{"name":"OBJECTIVE"}},"version":[2,0,3]}
        """.Replace("BASE", baseScore, StringComparison.Ordinal).Replace("OBJECTIVE", objective, StringComparison.Ordinal);

    private static TreeEnsemble Read(string model) => XgboostModelReader.Read(Encoding.UTF8.GetBytes(model));
}
