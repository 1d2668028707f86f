using System.Text;
using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Metrics.Social;

namespace StreamSense.Core.Tests.Metrics.Social;

public sealed class SocialTests
{
    private readonly Vocabulary _vocabulary = new();

    [Fact]
    public void Mentions_OfOnePostOnTwoTitlesAndNetworks_AreDistinctAndTheLastPolarityHolds()
    {
        MentionMetrics totals = Measure(
            10,
            Of(1, post: 1, polarity: 0.9f), Of(2, post: 1, polarity: -0.5f), Of(3, post: 1, polarity: float.NaN),
            Of(1, post: 1, title: 2, polarity: 0.1f), Of(1, post: 1, network: "y", polarity: float.NaN)).Totals;

        Assert.Equal((3, 2), (totals.Mentions, totals.ScoredMentions));
        Assert.Equal(-0.2, totals.SentimentScore!.Value, 12);
        Assert.Equal((0.5, 0.0, 0.5), (totals.PositiveShare, totals.NeutralShare, totals.NegativeShare));
    }

    [Fact]
    public void SentimentScore_OfTwoWordsInOneInstant_IsThatOfTheGreaterIdText() =>
        Assert.Equal(0.3, Measure(9, Of(1, 1, polarity: 0.3f, id: "b", hash: 1), Of(1, 1, polarity: -1f, id: "a", hash: 2))
            .Totals.SentimentScore!.Value, 12);

    [Fact]
    public void SentimentScore_OfNoPolarity_IsNull() => Assert.Null(Measure(9, Of(1, 1)).Totals.SentimentScore);

    [Fact]
    public void SentimentScore_OfDecimals_IsTheirMeanAsTheyWereWritten()
    {
        MentionMetrics totals =
            Measure(9, Of(1, 1, polarity: 0.8439f), Of(1, 2, polarity: -0.1234f), Of(1, 3, polarity: 0.1234567f)).Totals;

        Assert.Equal((0.8439 - 0.1234 + 0.1234567) / 3, totals.SentimentScore!.Value, 14);
    }

    [Fact]
    public void Reach_OfSnapshots_TakesTheLastOfEach()
    {
        MentionMetrics totals = Measure(9, Of(1, 1, likes: 5, shares: 2), Of(2, 1, likes: 3), Of(1, 2, replies: 1)).Totals;

        Assert.Equal((3, 1, 2, 6), (totals.Likes, totals.Replies, totals.Shares, totals.Reach));
    }

    [Fact]
    public void MentionsPerHour_OfTheLastWindow_IsComparedWithTheOneBefore()
    {
        var options = new SocialOptions { VelocityWindow = TimeSpan.FromHours(2), BucketLength = TimeSpan.FromHours(1) };
        const int Hour = 3_600;
        SocialMetrics metrics = Measure(
            options, 4 * Hour, Of(Hour, 1), Of(3 * Hour, 2), Of((3 * Hour) + 1, 3), Of(4 * Hour, 3), Of(4 * Hour, 4));

        Assert.Equal(1.5, metrics.Totals.MentionsPerHour);
        Assert.Equal(1.0, metrics.Totals.MentionsPerHourChange);
        Assert.Equal([1L, 2L, 1L], metrics.Volume.Select(bucket => bucket.Mentions));
    }

    [Fact]
    public void Metrics_OfAnyMentions_AreThoseOfANaiveCount() => Prop.ForAll<PositiveInt>(seed =>
    {
        List<Said> said = RandomMentions(seed.Get);
        SocialMetrics metrics = Measure(new SocialOptions(), 100, [.. said]);
        var posts = said.GroupBy(s => (s.Event.Title, s.Payload.Post, s.Payload.Network)).ToList();
        double[] scores =
        [
            .. posts.Select(post => post.Where(s => !float.IsNaN(s.Payload.Polarity))
                    .OrderBy(s => s.Event.Time).ThenBy(s => s.Id, StringComparer.Ordinal).Select(s => (double)s.Payload.Polarity)
                    .DefaultIfEmpty(double.NaN).Last())
                .Where(score => !double.IsNaN(score)),
        ];
        Assert.Equal(posts.Count, metrics.Totals.Mentions);
        Assert.Equal(scores.Length, metrics.Totals.ScoredMentions);
        Assert.Equal(scores.Average(), metrics.Totals.SentimentScore!.Value, 6);
        Assert.Equal(posts.Count, metrics.Titles.Sum(title => title.Mentions));
        Assert.Equal(posts.Count, metrics.Networks.Sum(network => network.Mentions));
        Assert.Equal(posts.Count, metrics.Volume.Sum(bucket => bucket.Mentions));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Fact]
    public void Merge_OfShardsInAnyOrder_IsOneReport() => Prop.ForAll<PositiveInt>(seed => Sections.IsOneWhateverTheOrder(
        seed.Get, RandomMentions(seed.Get), Record, (a, b) => a.Merge(b), SocialPartial.Empty, TextOf))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Mentions_BeyondTheBound_AreEstimatedFromAFairSample()
    {
        var recorder = new SocialRecorder(new SocialOptions { MaxMentions = 4_096 });
        for (int post = 1; post <= 50_000; post++)
        {
            recorder.Apply(Of(1, post, polarity: post % 2 == 0 ? 1 : -1).Event, default);
        }

        SocialMetrics metrics = SocialMetrics.Of(recorder.Copy(), _vocabulary, Sections.At(9), new SocialOptions());
        Assert.InRange(metrics.Totals.Mentions, 45_000, 55_000);
        Assert.InRange(metrics.Totals.SentimentScore!.Value, -0.1, 0.1);
        Assert.InRange(metrics.SampleShare, 1 / 32.0, 1 / 8.0);
    }

    [Fact]
    public void Apply_OfKnownPosts_AllocatesNothing()
    {
        var recorder = new SocialRecorder(new SocialOptions());
        Said[] said = [.. RandomMentions(7)];
        Assert.Equal(0, Sections.LeastAllocated(() =>
        {
            foreach (Said one in said)
            {
                recorder.Apply(one.Event, one.Annex);
            }
        }));
    }

    private List<Said> RandomMentions(int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(1, 150).Select(i => Of(
                random.Next(90),
                random.Next(12),
                random.Next(1, 4),
                random.Next(2) == 0 ? "x" : "y",
                random.Next(4) == 0 ? float.NaN : random.Next(-100, 101) / 100f,
                random.Next(3) == 0 ? Absent.Number : random.Next(50),
                id: "id" + random.Next(10_000).ToString("D4") + i,
                hash: i)),
        ];
    }

    private SocialMetrics Measure(int now, params Said[] said) => Measure(new SocialOptions(), now, said);

    private SocialMetrics Measure(SocialOptions options, int now, params Said[] said) =>
        SocialMetrics.Of(Record(said), _vocabulary, Sections.At(now * Sections.Second), options);

    private string TextOf(SocialPartial partial) => Sections.TextOf(writer =>
        SocialWriter.Write(writer, SocialMetrics.Of(partial, _vocabulary, Sections.At(100 * Sections.Second), new SocialOptions())));

    private static SocialPartial Record(IEnumerable<Said> said)
    {
        var recorder = new SocialRecorder(new SocialOptions());
        foreach (Said one in said)
        {
            recorder.Apply(one.Event, one.Annex);
        }

        return recorder.Copy();
    }

    private Said Of(
        int second, int post, int title = 1, string network = "x", float polarity = float.NaN, int likes = Absent.Number,
        int replies = Absent.Number, int shares = Absent.Number, string id = "i", int hash = 1)
    {
        StreamEvent e = Sections.Event(EventKind.SocialMention, second * Sections.Second, hash, title: title);
        e.PayloadAs<SocialPayload>() = new SocialPayload
        {
            Post = (ulong)post,
            Network = _vocabulary.Terms.Intern(network),
            Polarity = polarity,
            Likes = likes,
            Replies = replies,
            Shares = shares,
        };
        return new Said(e, id, Encoding.UTF8.GetBytes($"\"id\":\"{id}\",\"text\":\"t\""));
    }

    private sealed record Said(StreamEvent Event, string Id, byte[] Annex)
    {
        public SocialPayload Payload => Event.ReadPayload<SocialPayload>();
    }
}
