using StreamSense.Ml.Features;
using StreamSense.Ml.Models;
using StreamSense.Ml.Models.Registry;
using StreamSense.Testing.Clock;

namespace StreamSense.Ml.Tests.Models.Registry;

public sealed class ModelRegistryTests : IDisposable
{
    private static readonly FeatureLayout Other = new(new FeatureDefinition("other", FeatureScope.Title));

    private readonly ModelFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void List_OfNothing_IsEmpty()
    {
        ModelRegistry registry = Registry();

        Assert.Empty(registry.Names());
        Assert.Empty(registry.List("home"));
        Assert.Null(registry.Find("home"));
        Assert.Equal(0, registry.StateOf("home").Generation);
        Assert.Equal("1", registry.NextVersion("home"));
        Assert.Throws<ModelRegistryException>(() => registry.Load("home"));
        Assert.Throws<ModelRegistryException>(() => registry.Promote("home", "1"));
        Assert.Throws<ModelRegistryException>(() => registry.Rollback("home"));
    }

    [Fact]
    public void Add_Versions_AreListedAndNoneServes()
    {
        ModelRegistry registry = Registry();
        registry.Add(ModelScene.LinearFile("2"));
        RegisteredModel added = registry.Add(ModelScene.LinearFile("10"));
        registry.Add(ModelScene.LinearFile(name: "row"));

        Assert.Equal("home@10", added.ToString());
        Assert.Equal(0.75, added.Card!.Metrics["ndcg@10"]);
        Assert.Equal(["home", "row"], registry.Names().AsEnumerable());
        Assert.Equal(["2", "10"], registry.List("home").Select(model => model.Version));
        Assert.DoesNotContain(registry.List("home"), model => model.IsPromoted);
        Assert.Equal("11", registry.NextVersion("home"));
    }

    [Fact]
    public void Add_AVersionThatIsThere_IsRefused()
    {
        ModelRegistry registry = Registry();
        registry.Add(ModelScene.LinearFile(weight: 1));

        Assert.Throws<ModelRegistryException>(() => registry.Add(ModelScene.LinearFile(weight: 2)));
        Assert.Equal(1, registry.Load("home", "1").Decode(ModelCodecs.Linear).Weights[0].Weight);
    }

    [Fact]
    public void Promote_AVersion_ServesIt()
    {
        ModelRegistry registry = With("1", "2");
        registry.Promote("home", "1");
        _clock.Advance(TimeSpan.FromHours(1));
        RegisteredModel promoted = registry.Promote("home", "2");
        PromotionState state = registry.StateOf("home");

        Assert.True(promoted.IsPromoted);
        Assert.Equal("2", registry.Find("home")!.Version);
        Assert.Equal("2", registry.Load("home").Card.Version);
        Assert.Equal((2, "2"), (state.Generation, state.Version));
        Assert.Equal(["1"], state.Previous.AsEnumerable());
        Assert.Equal(["2", "1"], state.History.Select(promotion => promotion.Version));
        Assert.Equal(TimeSpan.FromHours(1), state.History[0].At - state.History[1].At);
    }

    [Fact]
    public void Rollback_Again_GoesFurtherBack()
    {
        ModelRegistry registry = With("1", "2", "3");
        registry.Promote("home", "1");
        registry.Promote("home", "2");
        registry.Promote("home", "3");

        Assert.Equal("2", registry.Rollback("home").Version);
        Assert.Equal("1", registry.Rollback("home").Version);
        Assert.Throws<ModelRegistryException>(() => registry.Rollback("home"));
        Assert.Equal([true, true, false, false, false], registry.StateOf("home").History.Select(promotion => promotion.IsRollback));
        Assert.Equal(5, registry.StateOf("home").Generation);
    }

    [Fact]
    public void Rollback_TheVersionBeforeIsDamaged_GoesToTheOneBeforeIt()
    {
        ModelRegistry registry = With("1", "2", "3");
        registry.Promote("home", "1");
        registry.Promote("home", "2");
        registry.Promote("home", "3");
        Damage("2");

        Assert.Equal("1", registry.Rollback("home").Version);
        Assert.Empty(registry.StateOf("home").Previous);
    }

    [Fact]
    public void Promote_ADamagedModel_IsRefused()
    {
        ModelRegistry registry = With("1", "2");
        registry.Promote("home", "1");
        Damage("2");

        Assert.Throws<ModelFormatException>(() => registry.Promote("home", "2"));
        Assert.Throws<ModelRegistryException>(() => registry.Promote("home", "3"));
        Assert.Equal("1", registry.StateOf("home").Version);
    }

    [Fact]
    public void Promote_OtherFeatures_IsRefusedUnlessAllowed()
    {
        ModelRegistry registry = With("1", "2");
        registry.Promote("home", "1", ModelScene.Layout);
        registry.Add(ModelFile.Create(
            ModelScene.Card("home", "3", Other), ModelScene.Linear("3"), ModelCodecs.Linear));

        Assert.Contains(
            "other", Assert.Throws<ModelMismatchException>(() => registry.Promote("home", "3")).Difference!.Missing.AsEnumerable());
        Assert.Throws<ModelMismatchException>(() => registry.Promote("home", "2", Other));
        Assert.Equal("3", registry.Promote("home", "3", allowOtherLayout: true).Version);
    }

    [Fact]
    public void List_AFileThatIsNoModel_SaysSo()
    {
        ModelRegistry registry = With("1");
        File.WriteAllText(_folder.PathOf("home", "2" + ModelFile.Extension), "this is a text file and no model");
        File.Copy(_folder.PathOf("home", "1" + ModelFile.Extension), _folder.PathOf("home", "3" + ModelFile.Extension));
        File.WriteAllText(_folder.PathOf("home", "notes.txt"), "not looked at");
        RegisteredModel[] listed = [.. registry.List("home")];

        Assert.Equal(["1", "2", "3"], listed.Select(model => model.Version));
        Assert.Null(listed[0].Problem);
        Assert.Contains("not a model file", listed[1].Problem, StringComparison.Ordinal);
        Assert.Contains("renamed", listed[2].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_Many_KeepsTheNewestTheServingAndTheOneBefore()
    {
        var registry = new ModelRegistry(_folder.Root, new ModelRegistryOptions { KeepVersions = 3 }, _clock);
        registry.Add(ModelScene.LinearFile("1"));
        registry.Add(ModelScene.LinearFile("2"));
        registry.Promote("home", "1");
        registry.Promote("home", "2");
        for (int version = 3; version <= 9; version++)
        {
            registry.Add(ModelScene.LinearFile($"{version}"));
        }

        Assert.Equal(["1", "2", "7", "8", "9"], registry.List("home").Select(model => model.Version));
        Assert.Equal("1", registry.Rollback("home").Version);
    }

    [Fact]
    public void Add_AfterAWriterDied_CleansWhatItLeft()
    {
        ModelRegistry registry = With("1");
        registry.Promote("home", "1");
        File.WriteAllText(_folder.PathOf("home", "2" + ModelFile.Extension + ".tmp"), "half a model");
        File.WriteAllText(_folder.PathOf("home", "promoted.json.tmp"), "{");

        Assert.Equal(["1"], registry.List("home").Select(model => model.Version));
        Assert.Equal("1", registry.StateOf("home").Version);
        registry.Add(ModelScene.LinearFile("2"));
        Assert.Empty(Directory.GetFiles(_folder.PathOf("home"), "*.tmp"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"format\":2}")]
    [InlineData("{\"format\":1,\"generation\":1,\"promoted\":\"../1\",\"previous\":[],\"history\":[]}")]
    public void StateOf_ADamagedFile_SaysSo(string content)
    {
        ModelRegistry registry = With("1");
        File.WriteAllText(_folder.PathOf("home", "promoted.json"), content);

        Assert.Throws<ModelFormatException>(() => registry.StateOf("home"));
    }

    [Fact]
    public void Promote_WhileAnotherProcessWrites_WaitsAndThenSaysSo()
    {
        With("1");
        var impatient = new ModelRegistry(_folder.Root, new ModelRegistryOptions { WriterWait = TimeSpan.Zero }, _clock);
        using (WriterLock.Take(_folder.Root, TimeSpan.Zero, _clock))
        {
            Assert.Throws<ModelRegistryException>(() => impatient.Promote("home", "1"));
        }

        Assert.Equal("1", impatient.Promote("home", "1").Version);
    }

    [Fact]
    public void Load_WhileOthersPromoteAndAdd_AlwaysGivesAWholeModel()
    {
        var options = new ModelRegistryOptions { KeepVersions = 3 };
        ModelRegistry writer = new(_folder.Root, options);
        writer.Add(ModelScene.LinearFile("1"));
        writer.Promote("home", "1");
        using var done = new CancellationTokenSource();
        Task<int>[] readers =
        [
            .. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                // Each a registry of its own, as in another process.
                var reader = new ModelRegistry(_folder.Root, options);
                int loaded = 0;
                while (!done.IsCancellationRequested || loaded == 0)
                {
                    ModelFile file = reader.Load("home");
                    Assert.Equal(file.Card.Version, $"{file.Decode(ModelCodecs.Linear).Weights[0].Weight}");
                    Assert.All(reader.List("home"), model => Assert.Null(model.Problem));
                    loaded++;
                }

                return loaded;
            })),
        ];
        for (int version = 2; version <= 40; version++)
        {
            writer.Add(ModelScene.LinearFile($"{version}", version));
            writer.Promote("home", $"{version}");
            if (version % 5 == 0)
            {
                writer.Rollback("home");
            }
        }

        done.Cancel();
        Assert.All(readers, reader => Assert.True(reader.GetAwaiter().GetResult() > 0));
    }

    private ModelRegistry Registry() => new(_folder.Root, time: _clock);

    private ModelRegistry With(params string[] versions)
    {
        ModelRegistry registry = Registry();
        foreach (string version in versions)
        {
            registry.Add(ModelScene.LinearFile(version));
        }

        return registry;
    }

    private void Damage(string version)
    {
        string path = _folder.PathOf("home", version + ModelFile.Extension);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^40] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
