using System.Text;
using StreamSense.Core.Admission;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Metrics;
using StreamSense.Core.Metrics.Audience;
using StreamSense.Core.Metrics.Conversion;
using StreamSense.Core.Metrics.Requests;
using StreamSense.Core.Metrics.Social;
using StreamSense.Core.Metrics.Subscriptions;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Tests.Metrics;

public sealed class SectionsOfFileTests
{
    private static readonly string[] Lines =
    [
        """{"kind":"title","time":"2026-01-01T00:00:00Z","title":"film","type":"movie","durationMs":600000}""",
        """{"kind":"trial_started","time":"2026-01-01T00:00:00Z","id":"s1","viewer":"a","plan":"gold","periodEnd":"2026-01-01T08:00:00Z"}""",
        """{"kind":"trial_started","time":"2026-01-01T00:00:00Z","id":"s2","viewer":"b","plan":"gold","periodEnd":"2026-01-01T08:00:00Z"}""",
        """{"kind":"trial_started","time":"2026-01-01T00:00:00Z","id":"s3","household":"h","plan":"gold","periodEnd":"2026-02-01T00:00:00Z"}""",
        """{"kind":"trial_converted","time":"2026-01-01T07:00:00Z","id":"s4","viewer":"a","plan":"gold","amount":9.99,"currency":"EUR"}""",
        """{"kind":"subscription_cancelled","time":"2026-01-01T07:00:00Z","id":"s5","household":"h","plan":"gold"}""",
        """{"kind":"social_mention","time":"2026-01-01T01:00:00Z","id":"m2","title":"film","network":"x","post":"1","polarity":-0.4,"likes":7}""",
        """{"kind":"social_mention","time":"2026-01-01T01:00:00Z","id":"m1","title":"film","network":"x","post":"1","polarity":0.8,"likes":3}""",
        """{"kind":"social_mention","time":"2026-01-01T02:00:00Z","id":"m3","title":"film","network":"x","post":"2"}""",
        """{"kind":"media_request","time":"2026-01-01T03:00:00Z","id":"r1","cdn":"c","status":200,"bytes":1000,"ttlbMs":8,"ttfbMs":5,"weight":10}""",
        """{"kind":"media_request","time":"2026-01-01T03:00:00Z","id":"r2","cdn":"c","status":500,"ttfbMs":20,"cacheStatus":"miss"}""",
        """{"kind":"impression","time":"2026-01-01T04:00:00Z","id":"i1","viewer":"a","title":"film","surface":"home","row":2,"request":"q","weight":2}""",
        """{"kind":"impression","time":"2026-01-01T04:00:00Z","id":"i2","viewer":"a","title":"other","surface":"home","row":2,"request":"q","weight":2}""",
        """{"kind":"click","time":"2026-01-01T04:00:05Z","id":"i3","viewer":"a","title":"film","surface":"home","row":2,"request":"q"}""",
        """{"kind":"playback_request","time":"2026-01-01T04:00:10Z","viewer":"a","view":"v","seq":0,"title":"film","request":"q"}""",
        """{"kind":"playback_start","time":"2026-01-01T04:00:10Z","viewer":"a","view":"v","seq":1}""",
        """{"kind":"playback_end","time":"2026-01-01T04:05:10Z","viewer":"a","view":"v","seq":2,"reason":"quit"}""",
        """{"kind":"search","time":"2026-01-01T09:00:00Z","id":"e","viewer":"a","query":"more"}""",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Sections_OfAFileInAnyOrderAndWithDuplicates_AreTheSchemas(int seed)
    {
        string[] lines = [.. Lines, .. Lines];
        new Random(seed).Shuffle(lines);
        var vocabulary = new Vocabulary();
        Recorders recorders = Run(vocabulary, lines, out EventTime from, out EventTime to);

        PlanMetrics subscriptions = SubscriptionMetrics.Of(recorders.Subscriptions.Copy(), vocabulary, to).Plans.Single();
        Assert.Equal("gold", subscriptions.Plan);
        Assert.Equal((1, 1, 1), (subscriptions.TrialsConverted, subscriptions.TrialsEnded, subscriptions.OpenTrials));
        Assert.Equal(0.5, subscriptions.TrialConversionRate);
        Assert.Equal(new Revenue("EUR", 9.99m, 0), subscriptions.Revenue.Single());

        MentionMetrics social = SocialMetrics.Of(recorders.Social.Copy(), vocabulary, to, new SocialOptions()).Titles.Single();
        Assert.Equal(("film", 2, 1, 7), (social.Name!, social.Mentions, social.ScoredMentions, social.Reach));
        Assert.Equal(-0.4, social.SentimentScore!.Value, 12);

        DeliveryMetrics requests = RequestMetrics.Of(recorders.Requests.Copy(), vocabulary).Cdns.Single();
        Assert.Equal(("c", 11.0, 10_000.0, 1_000.0), (requests.Name!, requests.Requests, requests.Bytes, requests.ThroughputKbps));
        Assert.Equal((1 / 11.0, 0.0), (requests.ErrorShare, requests.CacheHitShare));
        Assert.Equal((5L, 20L), (requests.TtfbP50Milliseconds, requests.TtfbP95Milliseconds));

        PlaceMetrics home = ConversionMetrics.Of(recorders.Conversion.Copy(), vocabulary, new ConversionOptions()).Places.Single();
        Assert.Equal(("home", "2-3", 4.0, 1.0, 2.0), (home.Surface!, home.Rows!, home.Impressions, home.Clicks, home.AttributedPlays));
        Assert.Equal((0.25, 0.5), (home.ClickThroughRate, home.PlayRate));

        AudienceMetrics audience = AudienceMetrics.Of(recorders.Audience.Copy(), vocabulary, from, to, new AudienceOptions());
        Assert.Equal((2, 1, 0.5), (audience.Visits, audience.ReturnVisits, audience.ViewsPerVisit));
        Assert.Equal(5 / 540.0, audience.AverageMinuteAudience!.Value, 12);
        Assert.Equal(0.5, audience.Titles.Single().TitleAverageMinuteAudience);
        Assert.Equal(("2026-01-01", 1), (audience.Days.Single().Name, audience.Days.Single().Viewers));
    }

    private static Recorders Run(Vocabulary vocabulary, string[] lines, out EventTime from, out EventTime to)
    {
        var set = new ClosedSet(vocabulary);
        var key = PseudonymKey.FromSecret(Encoding.UTF8.GetBytes(new string('k', 32)));
        var options = new NdjsonOptions { TrustReceived = true, KeepEventIdText = true };
        var ingest = new NdjsonIngest(new NdjsonDecoder(vocabulary, new Pseudonymizer(key), options), set);
        ingest.Begin();
        foreach (string line in lines)
        {
            ingest.Feed(Encoding.UTF8.GetBytes(line + "\n"));
        }

        ingest.Complete();
        var recorders = new Recorders(vocabulary);
        set.DeliverTitles(recorders.Stage.Titles);
        set.Deliver(recorders);
        recorders.Stage.CloseAll();
        from = set.Totals.From!.Value;
        to = set.Totals.To!.Value;
        return recorders;
    }

    private sealed class Recorders : IEventConsumer
    {
        public Recorders(Vocabulary vocabulary)
        {
            var titles = new Core.Sessions.Titles.TitleTable(vocabulary);
            Requests = new RequestsRecorder(vocabulary, new RequestOptions());
            Audience = new AudienceRecorder(titles, new AudienceOptions());
            Stage = new SessionStage(vocabulary, sessions: new SessionFanOut([Conversion, Audience]), titles: titles);
        }

        public SessionStage Stage { get; }

        public SubscriptionsRecorder Subscriptions { get; } = new(new SubscriptionOptions());

        public SocialRecorder Social { get; } = new(new SocialOptions());

        public RequestsRecorder Requests { get; }

        public ConversionRecorder Conversion { get; } = new(new ConversionOptions());

        public AudienceRecorder Audience { get; }

        public void Consume(in EventBatch batch)
        {
            foreach (ref readonly StreamEvent e in batch.Events)
            {
                Subscriptions.Apply(e);
                Social.Apply(e, batch.AnnexOf(e));
                Requests.Apply(e);
                Conversion.Apply(e);
                Audience.Apply(e);
            }

            Stage.Consume(batch);
        }
    }
}
