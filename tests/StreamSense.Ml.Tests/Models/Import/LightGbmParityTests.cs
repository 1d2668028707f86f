using System.Globalization;
using StreamSense.Ml.Models.Import;
using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Ml.Tests.Models.Import;

/// <summary>Models of LightGBM score here as they do there: models and answers were written by <c>lightgbm_oracle.py</c>.</summary>
public sealed class LightGbmParityTests
{
    private const int Features = 8;

    [Theory]
    [InlineData("regression")]
    [InlineData("sets")]
    [InlineData("no-missing")]
    [InlineData("zero-missing")]
    [InlineData("mape")]
    [InlineData("binary")]
    [InlineData("poisson")]
    [InlineData("dart")]
    [InlineData("forest")]
    [InlineData("lambdarank")]
    [InlineData("xendcg")]
    public void Score_ModelOfLightGbm_IsWhatLightGbmPredicts(string name)
    {
        TreeEnsemble ensemble = LightGbmModelReader.Read(File.ReadAllBytes(PathOf($"lightgbm-{name}.txt")));
        float[] rows = [.. Cells("lightgbm-rows.csv").Select(cell => cell.Length == 0 ? float.NaN : (float)Number(cell))];
        double[] told = [.. Cells($"lightgbm-{name}.csv").Select(Number)];

        // The raw score of a forest is the sum of its trees there, and their mean here, as the link takes it.
        double scale = name is "forest" ? ensemble.Trees.Length : 1;
        foreach (TreeWidth width in (ReadOnlySpan<TreeWidth>)[TreeWidth.Portable, TreeWidth.Bits256, TreeWidth.Bits512])
        {
            double[] sums = Score(ensemble, width, rows, TreeOutput.Sum);
            double[] answers = Score(ensemble, width, rows, TreeOutput.Answer);
            Assert.Equal(told.Length, 2 * sums.Length);
            for (int row = 0; row < sums.Length; row++)
            {
                Assert.Equal(told[2 * row], sums[row] * scale, Math.Abs(told[2 * row]) * 1e-14);
                Assert.Equal(told[(2 * row) + 1], answers[row], Math.Abs(told[(2 * row) + 1]) * 1e-14);
            }
        }
    }

    private static double[] Score(TreeEnsemble ensemble, TreeWidth width, float[] rows, TreeOutput output)
    {
        var scorer = new TreeScorer(ensemble, width);
        var scores = new double[rows.Length / Features];
        scorer.Score(TreeRows.FromRows(rows, scores.Length, Features), scores, new byte[scorer.ScratchBytes(scores.Length)], output);
        return scores;
    }

    private static IEnumerable<string> Cells(string file) => File.ReadLines(PathOf(file)).SelectMany(line => line.Split(','));

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static string PathOf(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "Models", "Import", "Fixtures")))
        {
            folder = folder.Parent;
        }

        Assert.NotNull(folder);
        return Path.Combine(folder.FullName, "Models", "Import", "Fixtures", file);
    }
}
