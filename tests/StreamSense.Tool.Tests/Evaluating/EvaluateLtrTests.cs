using System.Globalization;
using System.Text;
using System.Text.Json;
using StreamSense.Tool.Evaluating;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Tests.Evaluating;

public sealed class EvaluateLtrTests : IDisposable
{
    private readonly EventFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("lambdarank")]
    [InlineData("pointwise")]
    public async Task EvaluateLtr_OfFilesWithQueries_LearnsTheOrder(string objective)
    {
        string train = Graded("train", seed: 1, sideFile: true);
        string test = Graded("test", seed: 2, sideFile: true);

        ToolRun run = await ToolRun.OfAsync(
            "evaluate-ltr", "--train", train, "--test", test, "--objective", objective, "--seed", "7", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(objective, run.Json.GetProperty("objective").GetString());
        Assert.Equal(7, run.Json.GetProperty("seed").GetInt64());
        Assert.True(run.Json.GetProperty("trees").GetInt32() > 0);
        JsonElement metrics = run.Json.GetProperty("metrics");
        Assert.Equal(["ndcg@1", "ndcg@3", "ndcg@5", "ndcg@10"], metrics.EnumerateObject().Select(metric => metric.Name));
        Assert.InRange(metrics.GetProperty("ndcg@10").GetDouble(), 0.95, 1);
    }

    [Fact]
    public async Task EvaluateLtr_OfRowsWithQid_FindsTheSameQueries()
    {
        string test = Graded("test", seed: 2, sideFile: true);
        string[] arguments = ["evaluate-ltr", "--test", test, "--json", "--train"];

        ToolRun beside = await ToolRun.OfAsync([.. arguments, Graded("beside", seed: 1, sideFile: true)]);
        ToolRun within = await ToolRun.OfAsync([.. arguments, Graded("within", seed: 1, sideFile: false)]);

        Assert.Equal(beside.Json.GetProperty("metrics").ToString(), within.Json.GetProperty("metrics").ToString());
    }

    [Fact]
    public async Task EvaluateLtr_ForPeople_PrintsALineAMetric()
    {
        string file = Graded("rows", seed: 1, sideFile: true);

        ToolRun run = await ToolRun.OfAsync("evaluate-ltr", "--train", file, "--test", file);

        Assert.StartsWith("lambdarank, seed 1:", run.Output);
        Assert.Contains("ndcg@10", run.Output);
    }

    [Fact]
    public async Task EvaluateLtr_OfQueriesThatDoNotFit_SaysSo()
    {
        string file = _files.Write("rows", "1 1:2\n0 1:3\n");
        _files.Write("rows.query", "3\n");

        AssertRefused(await ToolRun.OfAsync("evaluate-ltr", "--train", file, "--test", file), "have 3 rows");
    }

    [Fact]
    public async Task EvaluateLtr_OfRowsWithoutQueries_SaysSo()
    {
        string file = _files.Write("rows", "1 1:2\n0 1:3\n");

        AssertRefused(await ToolRun.OfAsync("evaluate-ltr", "--train", file, "--test", file), "names no queries");
    }

    [Fact]
    public async Task EvaluateLtr_OfAQueryInTwoParts_SaysSo()
    {
        string file = _files.Write("rows", "1 qid:1 1:2\n0 qid:2 1:3\n0 qid:1 1:4\n");

        AssertRefused(await ToolRun.OfAsync("evaluate-ltr", "--train", file, "--test", file), "query 1 do not stand together");
    }

    [Fact]
    public async Task EvaluateLtr_OfALabelThatIsNoGrade_SaysSo()
    {
        string file = _files.Write("rows", "1.5 1:2\n");

        AssertRefused(await ToolRun.OfAsync("evaluate-ltr", "--train", file, "--test", file), "no whole grade");
    }

    [Fact]
    public void Ndcg_OfKnownOrders_IsThatOfTheFormula()
    {
        var rows = new SvmlightRows
        {
            Labels = [0, 2, 1, 0, 0], Queries = null, Starts = [0, 0, 0, 0, 0, 0], Indices = [], Values = [], MaxIndex = -1,
        };
        var data = new LtrData(rows, [3, 2]);
        double ideal = 3 + (1 / Math.Log2(3));
        double tied = (3 / Math.Log2(3)) + (1 / Math.Log2(4));

        Assert.Equal(((tied / ideal) + 1) / 2, LtrFigures.Ndcg(data, [1, 1, 1, 5, 6], 10), 1e-12);
        Assert.Equal(0.5, LtrFigures.Ndcg(data, [1, 1, 1, 5, 6], 1), 1e-12);
        Assert.Equal(1, LtrFigures.Ndcg(data, [1, 3, 2, 5, 6], 3), 1e-12);
    }

    private static void AssertRefused(ToolRun run, string why)
    {
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(why, run.Error);
    }

    // The grade of a row hangs on its first two features; the third tells nothing.
    private string Graded(string name, int seed, bool sideFile)
    {
        var random = new Random(seed);
        var rows = new StringBuilder();
        var sizes = new StringBuilder();
        for (int query = 0; query < 60; query++)
        {
            sizes.Append(CultureInfo.InvariantCulture, $"{10}\n");
            for (int row = 0; row < 10; row++)
            {
                double first = Math.Round(random.NextDouble(), 3);
                double second = Math.Round(random.NextDouble(), 3);
                int grade = (int)Math.Clamp((first + second) * 2, 0, 3);
                string qid = sideFile ? "" : $" qid:{query}";
                rows.Append(CultureInfo.InvariantCulture, $"{grade}{qid} 1:{first} 4:{second} 9:{random.Next(5)}\n");
            }
        }

        string path = _files.Write(name, rows.ToString());
        if (sideFile)
        {
            _files.Write(name + ".query", sizes.ToString());
        }

        return path;
    }
}
