using System.Globalization;
using System.Text;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;
using StreamSense.Ml;
using StreamSense.Ml.Ranking;

namespace StreamSense.Benchmarks.Ranking;

/// <summary>The same titles, viewers and plays in a recommender and in the baseline, and one ranking by either.</summary>
/// <remarks>Each ranking is for the next viewer. The baseline computes the same scores and sorts them, and writes no decisions.</remarks>
internal sealed class RankingContest : IDisposable
{
    public const int Slots = 20;

    private const int Viewers = 1000;
    private const int Plays = 20_000;

    private static readonly EventTime Start = EventTime.From(new DateTimeOffset(2026, 3, 1, 20, 0, 0, TimeSpan.Zero));

    private readonly LinqRanking _linq = new(halfLifeHours: 24);
    private readonly RankedTitle[] _slate = new RankedTitle[Slots];
    private readonly byte[] _id = new byte[RankRequest.IdLength];
    private readonly string[] _viewerNames = Names("viewer", Viewers);
    private readonly Recommender _recommender;
    private ulong _round;

    public RankingContest(int candidates)
    {
        _recommender = Recommender.CreateBuilder(new Vocabulary(), new Pseudonymizer(PseudonymKey.FromSecret("a secret of benchmarks"u8)))
            .WriteDecisionsTo(() => new DiscardingReceiver())
            .Build();
        string[] titles = Names("title", candidates);
        for (int i = 0; i < titles.Length; i++)
        {
            EventTime published = Start - TimeSpan.FromDays(i);
            _recommender.Consume(new EventBatch(0, [Row(titles[i], published)], annex: null));
            _linq.AddTitle(titles[i], TimeSpan.FromMinutes(90), published);
        }

        AddPlays(titles);
    }

    /// <summary>Ranks by the recommender: retrieval, features, scores and a decision event a slot.</summary>
    /// <returns>How many slots were filled.</returns>
    public int Recommend()
    {
        var request = new RankRequest
        {
            Id = RankRequest.FormatId(++_round, _id),
            Surface = SurfaceNames.Home,
            Time = Start + TimeSpan.FromDays(1),
            Viewer = ViewerOf((int)(_round % Viewers)),
            Consent = ConsentPurposes.All,
        };
        return _recommender.Rank(request, _slate);
    }

    /// <summary>Ranks by the baseline.</summary>
    /// <returns>How many slots were filled.</returns>
    public int RankByLinq() => _linq.Rank(_viewerNames[(int)(++_round % Viewers)], Start + TimeSpan.FromDays(1), Slots).Count;

    public void Dispose() => _recommender.Dispose();

    private void AddPlays(string[] titles)
    {
        var random = new Random(1);
        for (int i = 0; i < Plays; i++)
        {
            int viewer = random.Next(Viewers);
            string title = titles[(int)(titles.Length * Math.Pow(random.NextDouble(), 2))];
            EventTime time = Start + TimeSpan.FromSeconds(i * 4);
            var watched = TimeSpan.FromSeconds(random.Next(10, 5400));
            _recommender.Consume(
            [
                Fact(ViewFactKind.FirstFrame, title, viewer, time, default),
                Fact(ViewFactKind.Ended, title, viewer, time + watched, watched),
            ]);
            _linq.AddPlay(title, _viewerNames[viewer], time, time + watched, watched);
        }
    }

    private static string[] Names(string prefix, int count) =>
        [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{i}"))];

    private static ViewerId ViewerOf(int viewer) => new((ulong)(viewer + 1) * 0x9e3779b97f4a7c15UL);

    private static StreamEvent Row(string title, EventTime published)
    {
        var row = new StreamEvent { Kind = EventKind.Title, Title = NameTable.IdOf(Encoding.UTF8.GetBytes(title)), Time = Start };
        row.PayloadAs<TitlePayload>() = new TitlePayload
        {
            DurationMicroseconds = (long)TimeSpan.FromMinutes(90).TotalMicroseconds,
            PublishedMicroseconds = published.UnixMicroseconds,
            Season = Absent.Number,
            Episode = Absent.Number,
            Type = TitleType.Movie,
        };
        return row;
    }

    private static ViewFact Fact(ViewFactKind kind, string title, int viewer, EventTime time, TimeSpan watched) => new()
    {
        Kind = kind,
        Title = NameTable.IdOf(title),
        Viewer = ViewerOf(viewer),
        Time = time,
        PlayheadMicroseconds = (long)watched.TotalMicroseconds,
        PlayMicroseconds = (long)watched.TotalMicroseconds,
        WatchMicroseconds = (long)watched.TotalMicroseconds,
        Reason = EndReason.Quit,
        Consent = ConsentPurposes.All,
    };
}
