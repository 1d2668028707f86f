using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Policies;
using StreamSense.Ml.Ranking.Stages;
using StreamSense.Ml.Tests.Scenes;
using StreamSense.Testing.Contracts;

namespace StreamSense.Ml.Tests.Ranking.Stages;

public sealed class StageTests
{
    private readonly World _world = new();

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string stage in (string[])["diversity", "diversity-all", "cap-genre", "cap-series", "cap-type", "cap-out", "pins", "reserve", "guard"])
            {
                foreach (string promise in RankingStageContract.Names)
                {
                    cases.Add(stage, promise);
                }
            }

            return cases;
        }
    }

    public static TheoryData<string> PolicyCases => [.. RankingPolicyContract.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Stage_KeepsThePromise(string stage, string promise) =>
        RankingStageContract.CasesFor(() => Create(stage))
            .Single(candidate => string.Equals(candidate.Name, promise, StringComparison.Ordinal))
            .Run();

    [Theory]
    [MemberData(nameof(PolicyCases))]
    public void GreedyPolicy_KeepsThePromise(string promise) =>
        RankingPolicyContract.CasesFor(() => GreedyPolicy.Instance)
            .Single(candidate => string.Equals(candidate.Name, promise, StringComparison.Ordinal))
            .Run();

    [Fact]
    public void Diversity_SimilarTitles_AreSpread()
    {
        Add("war-1", "war");
        Add("war-2", "war");
        Add("war-3", "war");
        Add("love", "love");

        Assert.Equal(["war-1", "love", "war-2", "war-3"], Apply(new DiversityStage(lambda: 0.5f), slots: 3));
        Assert.Equal(["war-1", "war-2", "war-3", "love"], Apply(new DiversityStage(lambda: 1), slots: 3));
    }

    [Fact]
    public void Diversity_AnyScene_IsTheGreedyChoiceByTheFormula()
    {
        var random = new Random(4);
        string[] genres = ["a", "b", "c", "d", "e"];
        for (int i = 0; i < 40; i++)
        {
            Add($"t{i}", genres[random.Next(5)], genres[random.Next(5)]);
        }

        string[] found = Apply(new DiversityStage(lambda: 0.6f), slots: 12);

        var left = Enumerable.Range(0, 40).ToList();
        var chosen = new List<int>();
        while (chosen.Count < 12)
        {
            int best = left.OrderByDescending(i => (float)(0.6f * ((39 - i) / 39.0))
                - (0.4f * (chosen.Count == 0 ? 0 : chosen.Max(c => Jaccard(i, c))))).First();
            left.Remove(best);
            chosen.Add(best);
        }

        Assert.Equal(chosen.Concat(left).Select(i => $"t{i}"), found);
    }

    [Fact]
    public void Diversity_ByVectors_SpreadsWhatPointsTheSameWay()
    {
        Add("x1");
        Add("x2");
        Add("y");
        var factors = new ItemFactors([World.Title("x1"), World.Title("x2"), World.Title("y")], 2, [1, 0, 9, 0, 0, 2]);

        Assert.Equal(["x1", "y", "x2"], Apply(new DiversityStage(new FactorSimilarity(factors), lambda: 0.3f), slots: 2));
    }

    [Fact]
    public void Cap_Genre_MovesBackWhatIsTooMuch()
    {
        Add("w1", "war");
        Add("w2", "war", "love");
        Add("w3", "war");
        Add("l1", "love");
        Add("n1");
        Add("w4", "war");

        Assert.Equal(["w1", "w2", "l1", "n1", "w3", "w4"], Apply(new CapStage(TitleAttribute.Genre, 2), slots: 4));
        Assert.Equal(["w1", "w2", "l1", "n1"], Apply(new CapStage(TitleAttribute.Genre, 2, leaveOut: true), slots: 6));
        Assert.Equal(["w1", "w2", "l1", "n1", "w3", "w4"], Apply(new CapStage(TitleAttribute.Genre, 2), slots: 6));
    }

    [Fact]
    public void Cap_Series_CountsEpisodesOfOneSeries()
    {
        _world.AddEpisode("a1", "a", 1, 1);
        _world.AddEpisode("a2", "a", 1, 2);
        _world.AddEpisode("b1", "b", 1, 1);
        Add("film");

        Assert.Equal(["a1", "b1", "film", "a2"], Apply(new CapStage(TitleAttribute.Series, 1), slots: 3));
        Assert.Equal(["a1", "a2", "film", "b1"], Apply(new CapStage(TitleAttribute.Type, 2), slots: 3));
    }

    [Fact]
    public void Pins_TitlesThatAreCandidates_StandAtTheirPlaces()
    {
        Array.ForEach(["a", "b", "c", "d", "e"], name => Add(name));
        var stage = new PinStage(
            new PinnedTitle(3, World.Title("a")),
            new PinnedTitle(0, World.Title("e")),
            new PinnedTitle(1, World.Title("nowhere")),
            new PinnedTitle(2, World.Title("b")) { Until = World.At(0) },
            new PinnedTitle(2, World.Title("c")) { From = World.At(0) });

        Assert.Equal(["e", "b", "c", "a", "d"], Apply(stage, slots: 5));
        stage.Publish();
        Assert.Equal(["a", "b", "c", "d", "e"], Apply(stage, slots: 5));
        stage.Publish(new PinnedTitle(1, World.Title("a")), new PinnedTitle(1, World.Title("b")));
        Assert.Equal(["c", "a", "b", "d", "e"], Apply(stage, slots: 5));
    }

    [Fact]
    public void Reserve_TooFewOfTheSource_TakesTheLastPlaces()
    {
        Array.ForEach(["a", "b", "c", "n1", "d", "n2", "n3"], name => Add(name));
        var source = new EditorPickCandidates(_world.Vocabulary);
        uint[] proposedBy = [1, 1, 1, 2, 1, 2, 2];
        ICandidateSource[] sources = [new EditorPickCandidates(_world.Vocabulary), source];

        Assert.Equal(["a", "n1", "n2", "b", "c", "d", "n3"], Apply(new ReserveStage(source, 2), 3, proposedBy, sources));
        Assert.Equal(["a", "b", "n1", "n2", "c", "d", "n3"], Apply(new ReserveStage(source, 2), 4, proposedBy, sources));
        Assert.Equal(["a", "b", "c", "n1", "d", "n2", "n3"], Apply(new ReserveStage(source, 1), 4, proposedBy, sources));
        Assert.Equal(["n1", "n2", "n3", "a", "b", "c", "d"], Apply(new ReserveStage(source, 9), 3, proposedBy, sources));
    }

    [Fact]
    public void Guard_FeatureAboveTheLimit_GoesBehind()
    {
        Array.ForEach(["a", "b", "c"], name => Add(name));
        var layout = new FeatureLayout(new FeatureDefinition("x", FeatureScope.Title), new FeatureDefinition("stalls", FeatureScope.Title));
        float[] features = [9, 9, 9, 0.2f, float.NaN, 0.05f];

        Assert.Equal(["b", "c", "a"], Apply(new GuardStage(layout, "stalls", 0.1f), 3, layout: layout, features: features));
        Assert.Throws<ArgumentException>(() => new GuardStage(layout, "nothing", 1));
        Assert.Throws<ArgumentException>(() => Apply(new GuardStage(layout, "stalls", 0.1f), 3));
    }

    [Fact]
    public void RequestRandom_ManyDraws_AreUniformAndRepeat()
    {
        var random = new RequestRandom(new RequestId(5), purpose: 1);
        var again = new RequestRandom(new RequestId(5), purpose: 1);
        var other = new RequestRandom(new RequestId(5), purpose: 2);
        var counts = new int[10];
        double sum = 0;
        for (int i = 0; i < 10_000; i++)
        {
            counts[random.Next(10)]++;
            sum += random.NextUnit();
            Assert.Equal(again.NextBits() == other.NextBits(), i < 0);
        }

        Assert.All(counts, count => Assert.InRange(count, 850, 1150));
        Assert.InRange(sum / 10_000, 0.48, 0.52);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(0));
    }

    private static IRankingStage Create(string stage) => stage switch
    {
        "diversity" => new DiversityStage(),
        "diversity-all" => new DiversityStage(lambda: 0.2f, depth: 1000),
        "cap-genre" => new CapStage(TitleAttribute.Genre, 2),
        "cap-series" => new CapStage(TitleAttribute.Series, 1),
        "cap-type" => new CapStage(TitleAttribute.Type, 3),
        "cap-out" => new CapStage(TitleAttribute.Genre, 1, leaveOut: true),
        "pins" => new PinStage(new PinnedTitle(2, new TitleId(0x9e3779b97f4a7c15UL)), new PinnedTitle(0, new TitleId(1))),
        "reserve" => new ReserveStage(new EditorPickCandidates(new Vocabulary()), 2),
        _ => new GuardStage(StandardFeatures.Basic.Layout, FeatureNames.TitlePlays, 0.5f),
    };

    private void Add(string title, params string[] genres) =>
        _world.AddTitle(title, annex: $"\"genres\":[{string.Join(',', genres.Select(genre => $"\"{genre}\""))}]");

    private float Jaccard(int left, int right)
    {
        var a = _world.Catalogue[left].Genres.ToHashSet(StringComparer.Ordinal);
        var b = _world.Catalogue[right].Genres.ToHashSet(StringComparer.Ordinal);
        return (float)a.Intersect(b).Count() / a.Union(b).Count();
    }

    // All titles of the catalogue, the first the best.
    private string[] Apply(
        IRankingStage stage,
        int slots,
        uint[]? proposedBy = null,
        ICandidateSource[]? sources = null,
        FeatureLayout? layout = null,
        float[]? features = null)
    {
        layout ??= StandardFeatures.Basic.Layout;
        CatalogueTitle[] rows = [.. Enumerable.Range(0, _world.Catalogue.Count).Select(i => _world.Catalogue[i])];
        RankedCandidate[] order = [.. rows.Select((row, i) => new RankedCandidate(i, row.Id, rows.Length - i, 1))];
        var scratch = new ulong[(stage.ScratchBytes(rows.Length) / sizeof(ulong)) + 1];
        var context = new StageContext
        {
            Request = new RankContext { Slots = slots, Time = World.At(0) },
            Batch = new CandidateBatch([.. rows.Select(row => row.Id)], features ?? new float[rows.Length * layout.Count], layout),
            Rows = rows,
            ProposedBy = proposedBy ?? new uint[rows.Length],
            Sources = sources ?? [],
        };
        int left = stage.Apply(context, order, System.Runtime.InteropServices.MemoryMarshal.AsBytes(scratch.AsSpan()));
        return [.. order[..left].Select(item => _world.Vocabulary.Titles.NameOf(item.Title)!)];
    }
}
