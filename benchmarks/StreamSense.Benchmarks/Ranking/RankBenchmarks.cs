using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;
using StreamSense.Ml;
using StreamSense.Ml.Ranking;

namespace StreamSense.Benchmarks.Ranking;

/// <summary>One ranking of 100 candidates into 20 slots, retrieval, features, scores and 20 decision events included.</summary>
/// <remarks>The baseline computes the same scores and sorts them, and writes no decisions.</remarks>
[MemoryDiagnoser]
public class RankBenchmarks
{
    private const int Viewers = 1000;

    private static readonly EventTime Start = EventTime.From(new DateTimeOffset(2026, 3, 1, 20, 0, 0, TimeSpan.Zero));

    private readonly Vocabulary _vocabulary = new();
    private readonly LinqRanking _linq = new(halfLifeHours: 24);
    private readonly RankedTitle[] _slate = new RankedTitle[20];
    private readonly byte[] _id = new byte[RankRequest.IdLength];
    private readonly string[] _viewerNames =
        [.. Enumerable.Range(0, Viewers).Select(i => string.Create(CultureInfo.InvariantCulture, $"viewer-{i}"))];
    private Recommender _recommender = null!;
    private Pseudonymizer _pseudonymizer = null!;
    private ulong _round;

    /// <summary>How many titles there are to choose from.</summary>
    [Params(100)]
    public int Candidates { get; set; }

    /// <summary>Fills both with the same 20,000 plays.</summary>
    [GlobalSetup]
    public void Fill()
    {
        _pseudonymizer = new Pseudonymizer(PseudonymKey.FromSecret("a secret of benchmarks"u8));
        _recommender = Recommender.CreateBuilder(_vocabulary, _pseudonymizer)
            .WriteDecisionsTo(() => new DiscardingReceiver())
            .Build();
        string[] titles = [.. Enumerable.Range(0, Candidates).Select(i => string.Create(CultureInfo.InvariantCulture, $"title-{i}"))];
        for (int i = 0; i < titles.Length; i++)
        {
            EventTime published = Start - TimeSpan.FromDays(i);
            _recommender.Consume(new EventBatch(0, [Row(titles[i], published)], annex: null));
            _linq.AddTitle(titles[i], TimeSpan.FromMinutes(90), published);
        }

        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            int viewer = random.Next(Viewers);
            string title = titles[(int)(titles.Length * Math.Pow(random.NextDouble(), 2))];
            EventTime time = Start + TimeSpan.FromSeconds(i * 4);
            var watched = TimeSpan.FromSeconds(random.Next(10, 5400));
            _recommender.Consume(
                [Fact(ViewFactKind.FirstFrame, title, viewer, time, default),
                Fact(ViewFactKind.Ended, title, viewer, time + watched, watched)]);
            _linq.AddPlay(title, _viewerNames[viewer], time, time + watched, watched);
        }
    }

    /// <summary>The recommender.</summary>
    [Benchmark]
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

    /// <summary>Dictionaries, objects and LINQ.</summary>
    [Benchmark(Baseline = true)]
    public int LinqOverObjects() =>
        _linq.Rank(_viewerNames[(int)(++_round % Viewers)], Start + TimeSpan.FromDays(1), _slate.Length).Count;

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
