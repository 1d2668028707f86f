using System.Text.Json;

namespace StreamSense.Tool.Tests.Modelling;

public sealed class ModelsTests : IDisposable
{
    private readonly EventFiles _files = new();

    private string Registry => _files.PathOf("registry");

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task List_Models_MarksWhatServes()
    {
        await TrainAsync("home", 2);
        await RunAsync("promote", "home", "2");
        ToolRun table = await RunAsync("list");
        JsonElement[] models = [.. (await RunAsync("list", "home", "--json")).Json.GetProperty("models").EnumerateArray()];

        Assert.Contains("2 *", table.Output, StringComparison.Ordinal);
        Assert.Contains("ndcg@10", table.Output, StringComparison.Ordinal);
        Assert.Equal([false, true], models.Select(model => model.GetProperty("promoted").GetBoolean()));
        Assert.Equal(320, models[0].GetProperty("data").GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task Rollback_AfterTwoPromotions_BringsTheFirstBack()
    {
        await TrainAsync("home", 2);
        await RunAsync("promote", "home", "1");
        await RunAsync("promote", "home", "2");
        ToolRun back = await RunAsync("rollback", "home");
        ToolRun again = await RunAsync("rollback", "home");
        JsonElement shown = (await RunAsync("show", "home", "--json")).Json;

        Assert.Contains("home: rolled back to 1, which serves now", back.Output, StringComparison.Ordinal);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("no version served before", again.Error, StringComparison.Ordinal);
        Assert.Equal("1", shown.GetProperty("version").GetString());
        Assert.Equal(
            [true, false, false],
            shown.GetProperty("history").EnumerateArray().Select(entry => entry.GetProperty("rollback").GetBoolean()));
    }

    [Fact]
    public async Task Promote_ADamagedModel_IsRefusedAndListedWithItsProblem()
    {
        await TrainAsync("home", 1);
        string path = _files.PathOf(Path.Combine("registry", "home", "1.ssmodel"));
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^40] ^= 1;
        File.WriteAllBytes(path, bytes);
        ToolRun refused = await RunAsync("promote", "home", "1");
        File.WriteAllBytes(path, bytes[..100]);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("is damaged", refused.Error, StringComparison.Ordinal);
        Assert.Single(refused.Error.TrimEnd().Split('\n'));
        Assert.Contains("cut off", (await RunAsync("list", "--json")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("list")).ExitCode);
        Assert.Contains("cut off", (await RunAsync("show", "home@1")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_AModel_SaysWhatItsFileSays()
    {
        await TrainAsync("home", 1);
        ToolRun run = await RunAsync("show", "home@1");

        Assert.Contains("home@1", run.Output, StringComparison.Ordinal);
        Assert.Contains("item-knn", run.Output, StringComparison.Ordinal);
        Assert.Contains("320 rows, 2023-11-14", run.Output, StringComparison.Ordinal);
        Assert.Contains("trainer", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_WhatIsNotThere_SaysWhatIs()
    {
        ToolRun none = await RunAsync("list");
        await TrainAsync("home", 1);

        Assert.Contains("there is no registry", none.Error, StringComparison.Ordinal);
        Assert.Contains("there are: home", (await RunAsync("show", "row")).Error, StringComparison.Ordinal);
        Assert.Contains("there are: 1", (await RunAsync("promote", "home", "2")).Error, StringComparison.Ordinal);
        Assert.Contains("cannot be the name", (await RunAsync("rollback", "../home")).Error, StringComparison.Ordinal);
    }

    private Task<ToolRun> RunAsync(string verb, params string[] more) =>
        ToolRun.OfAsync(["models", verb, "--registry", Registry, .. more]);

    private async Task TrainAsync(string name, int versions)
    {
        string data = _files.Write("r.csv", ModelData.Ratings());
        for (int i = 0; i < versions; i++)
        {
            ToolRun run = await ToolRun.OfAsync("train", "--model", "item-knn", "--data", data, "--registry", Registry, "--name", name);
            Assert.True(run.ExitCode == 0, run.Error);
        }
    }
}
