using System.Text.Json;
using StreamSense.Ml.Models;

namespace StreamSense.Tool.Tests.Modelling;

public sealed class TrainTests : IDisposable
{
    private readonly EventFiles _files = new();

    private string Registry => _files.PathOf("registry");

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("popularity")]
    [InlineData("trending")]
    [InlineData("item-knn")]
    [InlineData("ease")]
    [InlineData("ials", "dimensions=8,sweeps=3")]
    [InlineData("bpr", "dimensions=8,epochs=3")]
    [InlineData("mf", "dimensions=4,epochs=3")]
    public async Task Train_ACollaborativeModel_WritesAFileThatSaysAllOfIt(string model, string options = "")
    {
        string data = _files.Write("ratings.csv", ModelData.Ratings());
        string[] with = options.Length > 0 ? ["--options", options] : [];
        ToolRun run = await ToolRun.OfAsync(
            ["train", "--model", model, "--data", data, "--registry", Registry, "--seed", "3", "--json", .. with]);

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(model, run.Json.GetProperty("kind").GetString());
        Assert.Equal("1", run.Json.GetProperty("version").GetString());
        Assert.False(run.Json.GetProperty("promoted").GetBoolean());
        Assert.Equal(320, run.Json.GetProperty("data").GetProperty("rows").GetInt32());
        Assert.StartsWith("2023-11-14T22:13:20", run.Json.GetProperty("data").GetProperty("from").GetString(), StringComparison.Ordinal);
        Assert.Equal(options, run.Json.GetProperty("options").GetString());
        Assert.InRange(run.Json.GetProperty("metrics").GetProperty("ndcg@10").GetDouble(), 0, 1);
        var titles = (TitleModel)ModelCodecs.Decode(ModelFile.Load(run.Json.GetProperty("path").GetString()!))!;
        Assert.Equal(20, titles.Titles.Length);
    }

    [Fact]
    public async Task Train_TheSameTwice_GivesTheSameModel()
    {
        string data = _files.Write("ratings.csv", ModelData.Ratings());
        ToolRun first = await TrainAsync("ials", data, "--options", "dimensions=8,sweeps=2");
        ToolRun second = await TrainAsync("ials", data, "--options", "dimensions=8,sweeps=2,threads=1");
        byte[] Titles(ToolRun run)
        {
            var model = (TitleModel)ModelCodecs.Decode(ModelFile.Load(run.Json.GetProperty("path").GetString()!))!;
            using var stream = new MemoryStream();
            ModelFile.Create(new ModelCard { Name = "same", Version = "1" }, model, ModelCodecs.Collaborative("ials")).Write(stream);
            return stream.ToArray();
        }

        Assert.Equal("2", second.Json.GetProperty("version").GetString());
        Assert.Equal(Titles(first), Titles(second));
    }

    [Fact]
    public async Task Train_WithoutHoldOut_HasNoMetrics()
    {
        ToolRun run = await TrainAsync("popularity", _files.Write("plays.ndjson", ModelData.Plays()), "--hold-out", "0", "--promote");

        Assert.Empty(run.Json.GetProperty("metrics").EnumerateObject());
        Assert.True(run.Json.GetProperty("promoted").GetBoolean());
    }

    [Theory]
    [InlineData("lambdamart", "grade", "ndcg@10", "trees")]
    [InlineData("gbdt", "grade", "rmse", "trees")]
    [InlineData("gbdt", "binary", "auc", "trees")]
    [InlineData("logistic", "binary", "auc", "linear")]
    public async Task Train_AModelOfFeatures_KeepsLayoutAndRanges(string model, string label, string metric, string kind)
    {
        ToolRun run = await TrainAsync(model, _files.Write("rows.svm", ModelData.Rows(label)));

        Assert.Equal(kind, run.Json.GetProperty("kind").GetString());
        Assert.True(run.Json.GetProperty("metrics").TryGetProperty(metric, out JsonElement value), run.Output);
        Assert.True(metric is "rmse" ? value.GetDouble() < 0.5 : value.GetDouble() > 0.9, run.Output);
        ModelCard card = ModelFile.LoadCard(run.Json.GetProperty("path").GetString()!);
        Assert.Equal(["f1", "f2"], card.Layout!.Features.Select(feature => feature.Name));
        Assert.InRange(card.Layout.Features[0].Most!.Value, 4, 5);
    }

    [Fact]
    public async Task Train_WithNamesOfFeatures_HasTheLayoutOfTheService()
    {
        string names = _files.Write("names.txt", "title.plays", "viewer_title.finished ViewerTitle 2");
        ToolRun run = await TrainAsync("gbdt", _files.Write("rows.svm", ModelData.Rows()), "--features", names);
        ModelLayout layout = ModelFile.LoadCard(run.Json.GetProperty("path").GetString()!).Layout!;

        Assert.Equal(new ModelFeature("viewer_title.finished", "ViewerTitle", 2), layout.Features[1] with { Least = null, Most = null });
    }

    [Fact]
    public async Task Train_FewerNamesThanFeatures_IsRefused()
    {
        ToolRun run = await ToolRun.OfAsync(
            "train", "--model", "gbdt", "--data", _files.Write("rows.svm", ModelData.Rows()), "--registry", Registry,
            "--features", _files.Write("names.txt", "title.plays"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("features up to number 2, and only 1 have names", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_SizesOfQueriesBesideTheRows_AreRead()
    {
        string[] bare = [.. ModelData.Rows().Select(line => line.Split(' ')).Select(words => $"{words[0]} {words[2]} {words[3]}")];
        string data = _files.Write("rows.svm", bare);
        ToolRun without = await ToolRun.OfAsync("train", "--model", "lambdamart", "--data", data, "--registry", Registry);
        _files.Write("rows.svm.query", [.. Enumerable.Repeat("5", 60)]);
        ToolRun with = await TrainAsync("lambdamart", data);

        Assert.Equal(2, without.ExitCode);
        Assert.Contains("needs queries", without.Error, StringComparison.Ordinal);
        Assert.True(with.Json.GetProperty("metrics").GetProperty("ndcg@10").GetDouble() > 0.9);
    }

    [Theory]
    [InlineData("--options", "nothing=1", "has no option 'nothing'")]
    [InlineData("--options", "neighbours", "NAME=VALUE")]
    [InlineData("--name", "../home", "cannot be the name of a model")]
    [InlineData("--hold-out", "2", "--hold-out is 0 to 0.9")]
    public async Task Train_WhatCannotBe_SaysSoInOneLine(string option, string value, string says)
    {
        ToolRun run = await ToolRun.OfAsync(
            "train", "--model", "item-knn", "--data", _files.Write("r.csv", ModelData.Ratings()), "--registry", Registry, option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(Registry));
    }

    private async Task<ToolRun> TrainAsync(string model, string data, params string[] more)
    {
        ToolRun run = await ToolRun.OfAsync(["train", "--model", model, "--data", data, "--registry", Registry, "--json", .. more]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run;
    }
}
