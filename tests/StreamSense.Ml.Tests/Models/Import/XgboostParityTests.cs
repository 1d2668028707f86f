using StreamSense.Core.Events;
using StreamSense.Ml.Features;
using StreamSense.Ml.Models;
using StreamSense.Ml.Models.Import;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Ml.Tests.Models.Import;

/// <summary>Models of XGBoost score here as they do there, over 10,000 rows with missing values.</summary>
public sealed class XgboostParityTests(XgboostOracle oracle) : IClassFixture<XgboostOracle>
{
    private const double Tolerance = 1e-6;

    [SkippableTheory]
    [InlineData("squared")]
    [InlineData("exact")]
    [InlineData("leafwise")]
    [InlineData("huge")]
    [InlineData("poisson")]
    [InlineData("gamma")]
    [InlineData("raw")]
    [InlineData("rank")]
    [InlineData("dart")]
    [InlineData("forest")]
    [InlineData("onehot")]
    [InlineData("sets")]
    public void Score_ModelOfXgboost_IsWhatXgboostPredicts(string name)
    {
        oracle.Require();
        TreeEnsemble ensemble = XgboostModelReader.Read(oracle.Model(name));
        float[] data = oracle.Numbers("data");
        foreach (TreeWidth width in (ReadOnlySpan<TreeWidth>)[TreeWidth.Portable, TreeWidth.Bits256, TreeWidth.Bits512])
        {
            AssertClose(oracle.Numbers(name + ".margin"), Score(ensemble, width, data, TreeOutput.Sum));
            AssertClose(oracle.Numbers(name + ".answer"), Score(ensemble, width, data, TreeOutput.Answer));
        }
    }

    [SkippableTheory]
    [InlineData("squared")]
    [InlineData("exact")]
    [InlineData("leafwise")]
    [InlineData("poisson")]
    [InlineData("rank")]
    [InlineData("forest")]
    public void Explain_ModelOfXgboost_IsWhatXgboostContributes(string name)
    {
        oracle.Require();
        TreeEnsemble ensemble = XgboostModelReader.Read(oracle.Model(name));
        var layout = new FeatureLayout([.. ensemble.FeatureNames.Select(feature => new FeatureDefinition(feature, FeatureScope.Title))]);
        var ranker = new TreeRanker(ensemble, name, "1", layout);
        float[] data = oracle.Numbers("data");
        float[] expected = oracle.Numbers(name + ".contributions");
        var contributions = new float[XgboostOracle.Features];
        for (int row = 0; row < expected.Length / (XgboostOracle.Features + 1); row++)
        {
            ReadOnlySpan<float> features = data.AsSpan(row * XgboostOracle.Features, XgboostOracle.Features);
            ranker.Explain(default, new CandidateBatch([new TitleId(1)], features, layout), 0, contributions);
            ReadOnlySpan<float> own = expected.AsSpan(row * (XgboostOracle.Features + 1), XgboostOracle.Features + 1);
            for (int i = 0; i < XgboostOracle.Features; i++)
            {
                Assert.Equal(own[i], contributions[i], 2e-3f);
            }

            Assert.Equal(own[^1], ranker.Intercept, 2e-3f);
        }
    }

    [SkippableFact]
    public void Read_FeatureNames_AreTheModels()
    {
        oracle.Require();

        Assert.Equal("feature 3", XgboostModelReader.Read(oracle.Model("squared")).FeatureNames[3]);
        Assert.Equal("f3", XgboostModelReader.Read(oracle.Model("exact")).FeatureNames[3]);
    }

    [SkippableFact]
    public void Read_ModelCutOffOrChanged_RefusesOrReadsButDoesNotBreak()
    {
        oracle.Require();
        byte[] model = oracle.Model("gamma");
        var random = new Random(1);
        for (int i = 0; i < 150; i++)
        {
            byte[] changed = [.. model.AsSpan(0, i % 2 == 0 ? model.Length : random.Next(model.Length))];
            int at = random.Next(changed.Length);
            changed[at] = "-9]N\"e"u8[i % 6];
            try
            {
                XgboostModelReader.Read(changed);
            }
            catch (ModelFormatException)
            {
                // What is wanted.
            }
        }
    }

    private static float[] Score(TreeEnsemble ensemble, TreeWidth width, float[] data, TreeOutput output)
    {
        var scorer = new TreeScorer(ensemble, width);
        var scores = new float[XgboostOracle.Rows];
        scorer.Score(
            TreeRows.FromRows(data, scores.Length, XgboostOracle.Features), scores, new byte[scorer.ScratchBytes(scores.Length)], output);
        return scores;
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        double scale = expected.Max(Math.Abs);
        double worst = expected.Zip(actual, (left, right) => (double)Math.Abs(left - right)).Max();

        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(worst, 0, Tolerance * scale);
    }
}
