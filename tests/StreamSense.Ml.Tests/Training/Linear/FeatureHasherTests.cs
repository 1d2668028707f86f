using StreamSense.Ml.Training.Linear;

namespace StreamSense.Ml.Tests.Training.Linear;

public sealed class FeatureHasherTests
{
    [Fact]
    public void IndexOf_ManyIds_SpreadOverThePlaces()
    {
        var hasher = new FeatureHasher(10);
        var counts = new int[hasher.Size];
        for (int id = 0; id < 102_400; id++)
        {
            counts[hasher.IndexOf("title", id)]++;
        }

        // A hundred each, by chance: chi square of 1,023 degrees of freedom is below 1,200 in all but one of ten thousand.
        Assert.InRange(counts.Sum(count => (count - 100.0) * (count - 100) / 100), 850, 1_200);
    }

    [Fact]
    public void IndexOf_NameAndValue_AreToldApart()
    {
        var hasher = new FeatureHasher(28);

        Assert.NotEqual(hasher.IndexOf("ab", "c"), hasher.IndexOf("a", "bc"));
        Assert.NotEqual(hasher.IndexOf("a", 1), hasher.IndexOf("b", 1));
        Assert.NotEqual(hasher.Cross(1, 2), hasher.Cross(2, 1));
        Assert.Equal(hasher.IndexOf("genre", "drama"), new FeatureHasher(28).IndexOf("genre", "drama"));
    }

    // Places are part of saved models: they must not change.
    [Fact]
    public void IndexOf_FixedNames_KeepTheirPlaces()
    {
        var hasher = new FeatureHasher();

        Assert.Equal(
            [FixedPlaces.Genre, FixedPlaces.Id, FixedPlaces.Pair],
            [hasher.IndexOf("genre", "drama"), hasher.IndexOf("title", 42), hasher.Cross(1, 2)]);
    }

    private static class FixedPlaces
    {
        public const int Genre = 618_495;
        public const int Id = 793_329;
        public const int Pair = 457_264;
    }
}
