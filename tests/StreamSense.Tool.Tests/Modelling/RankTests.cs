using System.Text.Json;

namespace StreamSense.Tool.Tests.Modelling;

public sealed class RankTests : IDisposable
{
    private readonly EventFiles _files = new();

    private string Registry => _files.PathOf("registry");

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("item-knn")]
    [InlineData("ease")]
    [InlineData("ials", "--options", "dimensions=8,sweeps=5")]
    public async Task Rank_ByTitles_PutsFirstWhatGoesWithThem(string model, params string[] options)
    {
        await TrainAsync(model, _files.Write("r.csv", ModelData.Ratings()), options);
        ToolRun run = await ToolRun.OfAsync(
            "rank", "--registry", Registry, "--model", model, "--titles", "b0,b3,unheard", "--top", "8", "--json");
        string[] titles = [.. Titles(run)];

        Assert.Equal(3, run.Json.GetProperty("history").GetInt32());
        Assert.Equal(2, run.Json.GetProperty("known").GetInt32());
        Assert.Equal(8, titles.Length);
        Assert.All(titles, title => Assert.StartsWith("b", title, StringComparison.Ordinal));
        Assert.DoesNotContain("b0", titles);
    }

    [Fact]
    public async Task Rank_ByAHistory_IsTheRankingByItsTitles()
    {
        string ratings = _files.Write("r.csv", ModelData.Ratings());
        string plays = _files.Write("plays.ndjson", ModelData.Plays());
        await TrainAsync("item-knn", ratings);
        string taken = string.Join(
            ',', ModelData.Ratings().Select(line => line.Split(',')).Where(cells => cells[0] is "u7").Select(cells => cells[1]));
        ToolRun byTitles = await RankAsync("--titles", taken);

        Assert.Equal(Titles(byTitles), Titles(await RankAsync("--viewer", "u7", "--history", ratings)));
        Assert.Equal(Titles(byTitles), Titles(await RankAsync("--viewer", "u7", "--history", plays)));
    }

    [Theory]
    [InlineData("lambdamart", "grade")]
    [InlineData("logistic", "binary")]
    public async Task Rank_ByFeatures_OrdersTheRowsOfEachQuery(string model, string label)
    {
        string rows = _files.Write("rows.svm", ModelData.Rows(label));
        await TrainAsync(model, rows);
        ToolRun run = await ToolRun.OfAsync("rank", "--registry", Registry, "--model", model, "--data", rows, "--top", "1", "--json");
        JsonElement[] places = [.. run.Json.GetProperty("ranking").EnumerateArray()];

        // The first feature of row r is r * 7 % 5, the row number begins at 1.
        Assert.Equal(60, places.Length);
        Assert.Equal(Enumerable.Range(1, 60), places.Select(place => place.GetProperty("query").GetInt32()));
        Assert.All(places, place => Assert.Equal(4, (int.Parse(place.GetProperty("row").GetString()!) - 1) * 7 % 5));
    }

    [Fact]
    public async Task Rank_ForPeople_IsATable()
    {
        await TrainAsync("item-knn", _files.Write("r.csv", ModelData.Ratings()));
        ToolRun run = await ToolRun.OfAsync("rank", "--registry", Registry, "--model", "item-knn@1", "--titles", "a1", "--top", "3");

        Assert.Contains("item-knn@1: knows 1 of 1 titles", run.Output, StringComparison.Ordinal);
        Assert.Contains("rank", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rank_WhatCannotBe_SaysWhatThereIs()
    {
        string ratings = _files.Write("r.csv", ModelData.Ratings());
        Assert.Contains("there is no registry", await ErrorAsync("home", "--titles", "a"), StringComparison.Ordinal);
        await TrainAsync("item-knn", ratings);
        await ToolRun.OfAsync("train", "--model", "popularity", "--data", ratings, "--registry", Registry);

        Assert.Contains("there are: item-knn, popularity", await ErrorAsync("home", "--titles", "a"), StringComparison.Ordinal);
        Assert.Contains("there are: 1", await ErrorAsync("item-knn@2", "--titles", "a"), StringComparison.Ordinal);
        Assert.Contains("no version of popularity is promoted", await ErrorAsync("popularity", "--titles", "a"), StringComparison.Ordinal);
        Assert.Contains("one of --history, --titles and --data", await ErrorAsync("item-knn"), StringComparison.Ordinal);
        Assert.Contains("--viewer says which", await ErrorAsync("item-knn", "--history", ratings), StringComparison.Ordinal);
        Assert.Contains("no viewer 'me'", await ErrorAsync("item-knn", "--history", ratings, "--viewer", "me"), StringComparison.Ordinal);
        Assert.Contains("--data is for models of features", await ErrorAsync("item-knn", "--data", ratings), StringComparison.Ordinal);
    }

    private static string[] Titles(ToolRun run) =>
        [.. run.Json.GetProperty("ranking").EnumerateArray().Select(place => place.GetProperty("title").GetString()!)];

    private Task<ToolRun> RankAsync(params string[] more) =>
        ToolRun.OfAsync(["rank", "--registry", Registry, "--model", "item-knn", "--json", .. more]);

    private async Task TrainAsync(string model, string data, params string[] more)
    {
        ToolRun run = await ToolRun.OfAsync(["train", "--model", model, "--data", data, "--registry", Registry, "--promote", .. more]);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    private async Task<string> ErrorAsync(string model, params string[] more)
    {
        ToolRun run = await ToolRun.OfAsync(["rank", "--registry", Registry, "--model", model, .. more]);
        Assert.Equal(2, run.ExitCode);
        return run.Error;
    }
}
