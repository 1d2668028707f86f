using System.Text.Json;

namespace StreamSense.Tool.Tests.Scoring;

public sealed class ScoreCommandTests : IDisposable
{
    private const string LightGbm =
        """
        tree
        version=v4
        num_class=1
        num_tree_per_iteration=1
        max_feature_idx=2
        objective=binary sigmoid:1
        feature_names=a b c
        feature_infos=none none none

        Tree=0
        num_leaves=3
        split_feature=1 2
        threshold=0.5 -1
        decision_type=8 10
        left_child=1 -3
        right_child=-1 -2
        leaf_value=0 1 -1

        end of trees
        """;

    private const string Xgboost =
        """
        {"learner":{"feature_names":[],"gradient_booster":{"model":{"trees":[
          {"default_left":[1,0,0],"left_children":[1,-1,-1],"right_children":[2,-1,-1],"split_indices":[1,0,0],
           "split_conditions":[0.5,0.1,20]}]},"name":"gbtree"},
         "learner_model_param":{"base_score":"0","num_feature":"2"},"objective":{"name":"reg:squarederror"}}}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("streamsense-score-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("label,c,b,a\n1,0,0.4,9\n0,-2,0.4,9\n1,0,0.6,9\n")]
    [InlineData("a\tb\tc\n\t0.4\t0\nNaN\t0.4\tNA\nnull\t0.6\t0\n")]
    [InlineData("9,0.4,0\n9,0.4,-2\n9,0.6,0\n")]
    [InlineData("1;9;0.4;0\n0;9;0.4;-2\n1;9;0.6;0\n")]
    [InlineData("1 1:0.4\n0 1:0.4 2:-2 7:1\n1 1:0.6\n")]
    public async Task Score_LightGbm_RowsOfEveryForm(string rows)
    {
        ToolRun run = await ToolRun.OfAsync("score", "--model", Write("m.txt", LightGbm), "--data", Write("rows", rows), "--raw");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("1\n-1\n0\n", run.Output.ReplaceLineEndings("\n"));
        Assert.Equal(
            rows.Contains("7:1", StringComparison.Ordinal),
            run.Error.Contains("1 entries are of features above", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Score_Answer_IsTheProbability()
    {
        ToolRun run = await ToolRun.OfAsync("score", "--model", Write("m.txt", LightGbm), "--data", Write("rows", "9,0.4,0"), "--json");

        JsonElement json = run.Json;
        Assert.Equal("LightGBM", json.GetProperty("library").GetString());
        Assert.Equal(1 / (1 + Math.Exp(-1)), json.GetProperty("scores")[0].GetDouble());
    }

    [Theory]
    [InlineData(null, "0.1\n20\n")]
    [InlineData("missing", "0.1\n20\n")]
    [InlineData("zero", "0.1\n20\n")]
    public async Task Score_Xgboost_FromStandardInput(string? absent, string expected)
    {
        string[] option = absent is null ? [] : ["--absent", absent];
        ToolRun run = await ToolRun.WithInputAsync(
            "0 0:1\n0 1:0.5\n", ["score", "--model", Write("m.json", Xgboost), "--data", "-", .. option]);

        Assert.Equal(expected, run.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Score_AbsentIsMissingOrZero_AsIsSaid()
    {
        string model = Write("m.json", Xgboost.Replace("[1,0,0],\"left", "[0,0,0],\"left", StringComparison.Ordinal));

        Assert.Equal("20", (await ToolRun.WithInputAsync("0 0:1", "score", "--model", model, "--data", "-")).Output.Trim());
        Assert.Equal(
            "0.1", (await ToolRun.WithInputAsync("0 0:1", "score", "--model", model, "--data", "-", "--absent", "zero")).Output.Trim());
    }

    [Theory]
    [InlineData("label,b\n1,2\n", "has no column a")]
    [InlineData("1,2,3,4,5\n", "has 5 columns and no header")]
    [InlineData("1,2,3\n1,2\n", "line 2: 2 cells, 3 were expected")]
    [InlineData("1,2,3\n1,2,x\n", "line 2: 'x' is no number")]
    [InlineData("1 1:2\n1 x:2\n", "line 2: 'x:2' is no index:value")]
    public async Task Score_RowsThatDoNotFit_SaysWhy(string rows, string complaint)
    {
        ToolRun run = await ToolRun.OfAsync("score", "--model", Write("m.txt", LightGbm), "--data", Write("rows", rows));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(complaint, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("banana")]
    [InlineData("{\"learner\":1}")]
    [InlineData("")]
    public async Task Score_FileThatIsNoModel_SaysSo(string model)
    {
        ToolRun run = await ToolRun.OfAsync("score", "--model", Write("m", model), "--data", Write("rows", "1,2,3"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is no model that can be read", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Score_NoRows_PrintsNothing()
    {
        ToolRun run = await ToolRun.OfAsync("score", "--model", Write("m.txt", LightGbm), "--data", Write("rows", ""));

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
