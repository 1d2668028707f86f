using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StreamSense.AspNetCore;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Features;
using StreamSense.Ml.Models;
using StreamSense.Ml.Models.Registry;
using StreamSense.Ml.Models.Serving;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Training.Linear;

namespace StreamSense.Docs.Tests.HowTo;

public sealed class ServeAModelTests
{
    [Fact]
    public async Task Watcher_PromotedModel_ServesNext()
    {
        string folder = Directory.CreateTempSubdirectory("streamsense-docs").FullName;
        try
        {
            ModelWatcher? watcher = null;
            await using var host = new HostedPipeline(options => watcher = Serve(options, folder));
            await host.FeedAsync(
                """{"kind":"title","time":"2026-03-01T19:00:00Z","id":"t-1","title":"old","name":"Old","published":"2020-01-01T00:00:00Z"}""",
                """{"kind":"title","time":"2026-03-01T19:00:00Z","id":"t-2","title":"new","name":"New","published":"2026-02-28T00:00:00Z"}""");
            Assert.Equal(["new", "old"], host.Rank("home"));

            Train(new ModelRegistry(folder));
            Refresh(watcher!, NullLogger.Instance);

            Assert.Equal("home@1", host.Recommender.ModelOf("home").ToString());
            Assert.Equal(["old", "new"], host.Rank("home"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ModelWatcher Serve(StreamSenseOptions options, string folder)
    {
        #region docs/how-to/train-and-serve-a-model.md: serve
        var registry = new ModelRegistry(folder);
        FeatureLayout layout = StandardFeatures.Basic.Layout;                        // what a recommender reads unless it is told otherwise
        var slot = new ModelSlot(new LinearRanker(StandardModels.Home, layout));     // until the first model is there
        var capture = new WarmUpCapture(requests: 64, candidates: 200, layout.Count);
        var watcher = new ModelWatcher(registry, "home", slot, options: new ModelWatcherOptions { Requests = capture.Requests });
        options.Ranking = builder =>
        {
            builder.LogDecisionsTo(capture);                                         // before a log on disk, if there is one
            builder.AddSurface("home", home => home.From(new TrendingCandidates(builder.Catalogue)).RankBy(slot));
        };
        #endregion
        return watcher;
    }

    private static void Refresh(ModelWatcher watcher, ILogger log)
    {
        #region docs/how-to/train-and-serve-a-model.md: refresh
        ModelRefresh refresh = watcher.Refresh();
        if (refresh.Outcome == ModelRefreshOutcome.Refused)
        {
            log.LogWarning("home@{Version} does not serve: {Reason}", refresh.Version, refresh.Reason);
        }
        #endregion
    }

    private static void Train(ModelRegistry registry)
    {
        FeatureLayout layout = StandardFeatures.Basic.Layout;
        var features = new float[100 * layout.Count];
        var labels = new float[100];
        int freshness = layout.IndexOf(FeatureNames.TitleFreshness);
        for (int row = 0; row < labels.Length; row++)
        {
            features[(row * layout.Count) + freshness] = row % 10 / 10f;
            labels[row] = row % 10 < 5 ? 1 : 0;                 // here people like what is old
        }

        #region docs/how-to/train-and-serve-a-model.md: train
        LogisticModel fitted = new LogisticTrainer().Train(new LabelledRows(features, layout.Count, labels));
        string version = registry.NextVersion("home");
        LinearModel model = fitted.ToLinearModel(layout, "home", version);
        var card = new ModelCard { Name = "home", Version = version, Layout = ModelLayout.Of(layout) };
        registry.Add(ModelFile.Create(card, model, ModelCodecs.Linear));
        registry.Promote("home", version);
        #endregion
    }
}
