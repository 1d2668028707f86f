using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Audiences;
using StreamSense.Ml.Candidates.Factors;
using StreamSense.Ml.Candidates.Histories;
using StreamSense.Ml.Tests.Scenes;
using StreamSense.Testing.Contracts;

namespace StreamSense.Ml.Tests.Candidates;

/// <summary>Runs the shipped contract on each of our sources.</summary>
public sealed class CandidateSourceTests : IDisposable
{
    private readonly World _world = new();
    private readonly InterestHistory _history;

    public CandidateSourceTests()
    {
        _history = new InterestHistory(_world.Vocabulary);
        for (int i = 0; i < 40; i++)
        {
            _world.AddTitle($"m{i}", TimeSpan.FromSeconds(1000), World.At(-3600 * i), $"\"genres\":[\"g{i % 5}\",\"h{i % 7}\"]");
            _world.AddEpisode($"e{i}", $"s{i / 10}", 1 + (i % 10 / 5), i % 5);
        }

        for (int i = 0; i < 12; i++)
        {
            _world.Play($"m{i}", 1, i * 2000, watch: i % 2 == 0 ? 400 : 990);
            _world.Play($"e{i * 3}", 1, (i * 2000) + 1000, watch: 990);
            World.Feed(_history, _world.Rating($"m{i}", 1, i * 2000, i % 6));
        }
    }

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            string[] sources = ["trending", "continue", "next", "because", "content", "factors", "bytes", "new", "picks", "country"];
            foreach (string source in sources)
            {
                foreach (string promise in CandidateSourceContract.Names)
                {
                    cases.Add(source, promise);
                }
            }

            return cases;
        }
    }

    public void Dispose() => _history.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Source_KeepsThePromise(string source, string promise) =>
        CandidateSourceContract.CasesFor(() => Create(source), _world.Request(1, 30_000, "DE"))
            .Single(candidate => string.Equals(candidate.Name, promise, StringComparison.Ordinal))
            .Run();

    private ICandidateSource Create(string source) => source switch
    {
        "trending" => _world.Follow(new TrendingCandidates(_world.Catalogue)),
        "continue" => new ContinueWatchingCandidates(_world.History),
        "next" => new NextEpisodeCandidates(_world.History),
        "because" => new BecauseYouWatchedCandidates(Ring(), _history),
        "content" => new BecauseYouWatchedCandidates(ContentNeighbours.Fit(_world.Catalogue), _world.History),
        "factors" => new FactorCandidates(new FactorIndex(Factors()), new HistoryVector(_history, Factors()), _history),
        "bytes" => new FactorCandidates(
            new ByteFactorIndex(Factors()), new HistoryVector(_history, Factors(), new LeastSquaresFoldIn(Factors(), 0.1f, 0.01f))),
        "new" => new NewTitleCandidates(_world.Catalogue),
        "picks" => new EditorPickCandidates(_world.Vocabulary, new EditorPick(World.Title("m3")), new EditorPick(World.Title("m1"))),
        _ => Country(),
    };

    private AudienceTrendingCandidates Country()
    {
        var source = new AudienceTrendingCandidates(new CountryAudience(), _world.Vocabulary);
        EventContext germany = default(EventContext) with { Country = _world.Vocabulary.Countries.Intern("DE") };
        ViewFact[] facts =
        [
            .. Enumerable.Range(0, 30).Select(i => World.Fact(ViewFactKind.FirstFrame, $"m{i * i % 40}", 5, i)),
        ];
        for (int i = 0; i < facts.Length; i++)
        {
            facts[i].Context = _world.Vocabulary.Contexts.Intern(germany);
        }

        source.Consume(facts);
        return source;
    }

    private static ItemNeighbours Ring()
    {
        ImmutableArray<TitleId> titles = [.. Enumerable.Range(0, 40).Select(i => World.Title($"m{i}"))];
        return new ItemNeighbours(
            titles,
            [.. Enumerable.Range(0, 41).Select(i => 2 * i)],
            [.. Enumerable.Range(0, 40).SelectMany(i => (int[])[(i + 1) % 40, (i + 20) % 40])],
            [.. Enumerable.Range(0, 40).SelectMany(i => (float[])[0.9f, 0.1f + (i / 100f)])]);
    }

    private static ItemFactors Factors()
    {
        var random = new Random(3);
        return new ItemFactors(
            [.. Enumerable.Range(0, 40).Select(i => World.Title($"m{i}"))],
            8,
            [.. Enumerable.Range(0, 40 * 8).Select(_ => (float)random.NextDouble() - 0.3f)]);
    }
}
