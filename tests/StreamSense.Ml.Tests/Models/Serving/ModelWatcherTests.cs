using System.Globalization;
using StreamSense.Ml.Features;
using StreamSense.Ml.Models;
using StreamSense.Ml.Models.Registry;
using StreamSense.Ml.Models.Serving;
using StreamSense.Ml.Ranking;
using StreamSense.Testing.Clock;

namespace StreamSense.Ml.Tests.Models.Serving;

public sealed class ModelWatcherTests : IDisposable
{
    private static readonly ModelWatcherOptions Quick = new() { WarmUp = new ModelWarmUpOptions { Calls = 2 } };

    private readonly ModelFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly ModelRegistry _registry;
    private readonly ModelSlot _slot = new(new LinearRanker(ModelScene.Linear("0", 0), ModelScene.Layout));
    private readonly ModelWatcher _watcher;

    public ModelWatcherTests()
    {
        _registry = new ModelRegistry(_folder.Root, time: _clock);
        RankerLoader loader = new RankerLoader().Add(
            new ScriptedRanker.Codec(),
            (script, info, _) => new ScriptedRanker(() => float.Parse(script, CultureInfo.InvariantCulture), info.Version));
        _watcher = new ModelWatcher(_registry, "home", _slot, loader, Quick, _clock);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Refresh_NothingPromoted_ChangesNothing()
    {
        Assert.Equal(ModelRefreshOutcome.Unchanged, _watcher.Refresh().Outcome);
        Assert.Equal("0", _slot.Current.Info.Version);
    }

    [Fact]
    public void Refresh_APromotion_IsPublishedOnce()
    {
        _registry.Add(ModelScene.LinearFile());
        _registry.Promote("home", "1");
        ModelRefresh refresh = _watcher.Refresh();

        Assert.Equal((ModelRefreshOutcome.Published, "1"), (refresh.Outcome, refresh.Version));
        Assert.True(refresh.WarmUp!.IsAccepted);
        Assert.Equal("1", _slot.Current.Info.Version);
        Assert.Equal(ModelScene.TrainedAt, _registry.Find("home")!.Card!.TrainedAt);
        Assert.Equal(ModelRefreshOutcome.Unchanged, Later().Outcome);
        Assert.Equal(1, _watcher.Published);
    }

    [Fact]
    public void Refresh_ARollback_BringsTheOldOneBack()
    {
        _registry.Add(ModelScene.LinearFile("1"));
        _registry.Add(ModelScene.LinearFile("2"));
        _registry.Promote("home", "1");
        _registry.Promote("home", "2");
        _watcher.Refresh();
        _registry.Rollback("home");

        Assert.Equal("1", Later().Version);
        Assert.Equal("1", _slot.Current.Info.Version);
    }

    [Fact]
    public void Refresh_BeforeTheIntervalIsOver_DoesNotLook()
    {
        _watcher.Refresh();
        _registry.Add(ModelScene.LinearFile());
        _registry.Promote("home", "1");

        Assert.Equal(ModelRefreshOutcome.NotDue, _watcher.Refresh().Outcome);
        Assert.Equal(ModelRefreshOutcome.Published, Later().Outcome);
    }

    [Fact]
    public void Refresh_OtherFeatures_IsRefusedOnceAndTheOldServesOn()
    {
        var other = new FeatureLayout(new FeatureDefinition("other", FeatureScope.Title));
        _registry.Add(ModelFile.Create(ModelScene.Card(layout: other), ModelScene.Linear(), ModelCodecs.Linear));
        _registry.Promote("home", "1");
        ModelRefresh refresh = _watcher.Refresh();

        Assert.Equal(ModelRefreshOutcome.Refused, refresh.Outcome);
        Assert.Contains("missing: other", refresh.Reason, StringComparison.Ordinal);
        Assert.Equal("0", _slot.Current.Info.Version);
        Assert.Equal(ModelRefreshOutcome.Unchanged, Later().Outcome);
        Assert.Equal(1, _watcher.Refused);
    }

    [Fact]
    public void Refresh_AModelOfNaNs_IsRefusedByItsWarmUp()
    {
        _registry.Add(ModelFile.Create(ModelScene.Card(), "NaN", new ScriptedRanker.Codec()));
        _registry.Promote("home", "1");

        Assert.Contains("a score is NaN", _watcher.Refresh().Reason, StringComparison.Ordinal);
        Assert.Equal("0", _slot.Current.Info.Version);
    }

    [Fact]
    public void Refresh_AModelThatThrows_IsRefusedByItsWarmUp()
    {
        _registry.Add(ModelFile.Create(ModelScene.Card(), "no number", new ScriptedRanker.Codec()));
        _registry.Promote("home", "1");

        Assert.Contains("FormatException", _watcher.Refresh().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Refresh_AFileDamagedSince_IsRefused()
    {
        _registry.Add(ModelScene.LinearFile());
        _registry.Promote("home", "1");
        string path = _folder.PathOf("home", "1" + ModelFile.Extension);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);

        Assert.Contains("cut off", _watcher.Refresh().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Refresh_UnderManyThreads_NoRequestSeesHalfOfTwoModels()
    {
        // What a version weighs is its number: scores and name of one request must agree.
        const int Swaps = 30;
        const int Threads = 32;
        using var done = new CancellationTokenSource();
        Task<long>[] requests =
        [
            .. Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(
                () => Rank(done.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
        ];
        for (int version = 1; version <= Swaps; version++)
        {
            _registry.Add(ModelScene.LinearFile($"{version}", version));
            _registry.Promote("home", $"{version}");
            Assert.Equal(ModelRefreshOutcome.Published, Later().Outcome);
        }

        done.Cancel();
        Assert.All(requests, request => Assert.True(request.GetAwaiter().GetResult() > 0));
        Assert.Equal($"{Swaps}", _slot.Current.Info.Version);
    }

    private long Rank(CancellationToken done)
    {
        float[] features = [1, 1, float.NaN, float.NaN, 0, 0];
        var scores = new float[2];
        var scratch = new byte[64];
        long count = 0;
        do
        {
            IRanker ranker = _slot.Current;
            ranker.Score(default, new CandidateBatch([new(1), new(2)], features, ranker.Layout), scores, scratch);
            float expected = int.Parse(ranker.Info.Version, CultureInfo.InvariantCulture) - 1 + 0.25f;
            Assert.Equal([expected, expected], scores);
            count++;
        }
        while (!done.IsCancellationRequested);
        return count;
    }

    private ModelRefresh Later()
    {
        _clock.Advance(TimeSpan.FromSeconds(5));
        return _watcher.Refresh();
    }
}
