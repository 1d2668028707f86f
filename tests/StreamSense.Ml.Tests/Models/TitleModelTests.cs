using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Events;
using StreamSense.Ml.Models;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Models;

public sealed class TitleModelTests
{
    public static TheoryData<string> Kinds =>
    [
        ModelKinds.Popularity, ModelKinds.Trending, ModelKinds.ItemKnn, ModelKinds.Ease,
        ModelKinds.Ials, ModelKinds.Bpr, ModelKinds.BiasedMf,
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Collaborative_AnyModel_RoundTripsBitForBit(string kind) => Prop.ForAll<int>(seed =>
    {
        TitleModel written = Make(kind, new Random(seed));
        IModelCodec<TitleModel> codec = ModelCodecs.Collaborative(kind);
        byte[] bytes = ModelScene.Bytes(ModelFile.Create(ModelScene.Card(), written, codec));
        TitleModel read = ModelScene.Read(bytes).Decode(codec);
        int[] history = [.. Enumerable.Range(0, written.Model.Items).Where(item => item % 3 == 0)];
        return bytes.SequenceEqual(ModelScene.Bytes(ModelFile.Create(ModelScene.Card(), read, codec)))
            && written.Titles.SequenceEqual(read.Titles)
            && Scores(written, 0, history).SequenceEqual(Scores(read, 0, history))
            && Scores(written, -1, history).SequenceEqual(Scores(read, -1, history))
            && Scores(written, -1, []).SequenceEqual(Scores(read, -1, []));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void WithoutUsers_SomebodyNew_GetsTheSameScores(string kind)
    {
        TitleModel model = Make(kind, new Random(7));
        TitleModel bare = model.WithoutUsers();
        float[] expected = Scores(model, -1, [0, 1]);
        float[] actual = Scores(bare, -1, [0, 1]);

        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-5f * Math.Max(1, Math.Abs(expected[i])));
        }

        int users = bare.Model switch
        {
            IalsModel ials => ials.Users,
            BiasedMfModel mf => mf.Users,
            BprModel bpr => bpr.Users - 1,
            _ => 0,
        };
        Assert.Equal(0, users);
    }

    [Fact]
    public void ItemOf_KnownAndUnknownTitles_GivesTheItemOrNone()
    {
        TitleModel model = Make(ModelKinds.Popularity, new Random(1));

        Assert.Equal(1, model.ItemOf(NameTable.IdOf("m1")));
        Assert.Equal(-1, model.ItemOf(NameTable.IdOf("nothing")));
        Assert.Equal(-1, model.ItemOf(TitleId.None));
    }

    [Fact]
    public void Constructor_TitlesThatDoNotFit_Throws()
    {
        var model = new PopularityModel(ModelKinds.Popularity, [1f, 2f]);

        Assert.Throws<ArgumentException>(() => new TitleModel(model, ["a"]));
        Assert.Throws<ArgumentException>(() => new TitleModel(model, ["a", "a"]));
        Assert.Throws<ArgumentException>(() => new TitleModel(model, ["a", ""]));
    }

    [Fact]
    public void Collaborative_AnUnknownKind_Throws() => Assert.Throws<ArgumentException>(() => ModelCodecs.Collaborative("none"));

    private static float[] Scores(TitleModel model, int user, int[] history)
    {
        var scores = new float[model.Model.Items];
        model.Model.Score(user, history, new float[history.Length], scores, new byte[model.Model.ScratchBytes]);
        return scores;
    }

    private static TitleModel Make(string kind, Random random)
    {
        int items = random.Next(2, 12);
        int users = random.Next(2, 6);
        int dimensions = random.Next(1, 5);
        IInteractionModel model = kind switch
        {
            ModelKinds.Popularity or ModelKinds.Trending => new PopularityModel(kind, [.. Numbers(random, items)]),
            ModelKinds.ItemKnn => ItemKnn(random, items),
            ModelKinds.Ease => new EaseModel(
                100, Subset(items), Numbers(random, Subset(items).Length * Subset(items).Length), Numbers(random, items)),
            ModelKinds.Ials => new IalsModel(
                new IalsShape(dimensions, 0.1, 0.5, 1), Numbers(random, users * dimensions), Numbers(random, items * dimensions),
                Numbers(random, items)),
            ModelKinds.Bpr => new BprModel(
                dimensions, Numbers(random, users * dimensions), Numbers(random, items * dimensions), Numbers(random, items),
                Numbers(random, items)),
            _ => new BiasedMfModel(
                new RatingRange(3, 1, 5), dimensions, Numbers(random, users), Numbers(random, items),
                Numbers(random, users * dimensions), Numbers(random, items * dimensions)),
        };
        return new TitleModel(model, [.. Enumerable.Range(0, items).Select(i => $"m{i}")]);
    }

    private static ItemKnnModel ItemKnn(Random random, int items)
    {
        ImmutableArray<int> starts = [.. Enumerable.Range(0, items + 1).Select(i => i * 2)];
        return new ItemKnnModel(
            starts.AsSpan(),
            [.. Enumerable.Range(0, items * 2).Select(_ => random.Next(items))],
            Numbers(random, items * 2),
            Numbers(random, items));
    }

    // Every second item has weights.
    private static int[] Subset(int items) => [.. Enumerable.Range(0, items).Where(item => item % 2 == 0)];

    private static float[] Numbers(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
}
