using StreamSense.AspNetCore;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Features;
using StreamSense.Ml.Features.Rules;
using StreamSense.Ml.Ranking;

namespace StreamSense.Docs.Tests.HowTo;

public sealed class OwnFeatureTests
{
    [Fact]
    public async Task Surface_OwnFeature_DecidesTheOrder()
    {
        await using var host = new HostedPipeline(Declare);

        await host.FeedAsync(
            """{"kind":"title","time":"2026-03-01T19:00:00Z","id":"t-1","title":"seen","name":"Seen","published":"2026-02-01T00:00:00Z"}""",
            """{"kind":"title","time":"2026-03-01T19:00:00Z","id":"t-2","title":"liked","name":"Liked","published":"2026-02-01T00:00:00Z"}""",
            """{"kind":"impression","time":"2026-03-01T20:00:00Z","id":"i-1","title":"seen","surface":"home","viewer":"u-1"}""",
            """{"kind":"impression","time":"2026-03-01T20:00:00Z","id":"i-2","title":"liked","surface":"home","viewer":"u-1"}""",
            """{"kind":"click","time":"2026-03-01T20:00:05Z","id":"c-1","title":"liked","surface":"home","viewer":"u-1"}""");

        Assert.Equal(["liked", "seen"], host.Rank("home"));
    }

    private static void Declare(StreamSenseOptions options)
    {
        #region docs/how-to/declare-a-feature.md
        var clicks = new EventSelector(EventKind.Click);
        var impressions = new EventSelector(EventKind.Impression);
        FeatureSet features = new FeatureSetBuilder()
            .AddAll(StandardFeatures.Basic)                                  // the eight that the standard models read
            .Add("title.click_rate", FeatureScope.Title, new RateRule(clicks, impressions, TimeSpan.FromDays(7)))
            .Add("title.hot", "title.click_rate * log1p(title.plays.fading)", FeatureScope.Title)
            .Build();

        options.Ranking = builder =>
        {
            builder.ReadFeatures(features);
            var model = new LinearModel("own", "1", [new FeatureWeight("title.click_rate", 5), new FeatureWeight(FeatureNames.TitleFreshness, 1)]);
            builder.AddSurface("home", new LinearRanker(model, builder.Layout), new TrendingCandidates(builder.Catalogue));
        };
        #endregion
    }
}
