using StreamSense.Core.Events;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Decisions;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Ranking.Decisions;

/// <summary>Rankings with numbers that follow from a number.</summary>
internal static class Rankings
{
    public static readonly FeatureLayout Layout = new(
        new FeatureDefinition("title.a", FeatureScope.Title),
        new FeatureDefinition("viewer.b", FeatureScope.Viewer, Revision: 3),
        new FeatureDefinition("both.ö", FeatureScope.ViewerTitle));

    public static readonly ModelInfo Model = new("home-trees", "7", Layout.Hash, World.At(-1000));

    /// <summary>A ranking of some candidates, of which half are chosen.</summary>
    public static RankingRecord Of(int number, int candidates = 10, ModelInfo? model = null, FeatureLayout? layout = null)
    {
        var features = new float[candidates * Layout.Count];
        for (int i = 0; i < features.Length; i++)
        {
            // NaN of another payload than the usual one, and the sign of zero, must come back as they are.
            features[i] = (i % 5) switch
            {
                0 => BitConverter.UInt32BitsToSingle(0x7fc0_0000u + (uint)number),
                1 => -0f,
                _ => number + (i / 7f),
            };
        }

        return new RankingRecord
        {
            Request = new RequestId((ulong)number + 1),
            Surface = 77,
            Time = World.At(number),
            Viewer = World.Viewer((ulong)number),
            Household = new HouseholdId(2),
            Device = new DeviceId(3),
            Visit = new VisitId(4),
            Consent = ConsentPurposes.All,
            StorePosition = number * 10L,
            View = new ViewId(5),
            Position = number % 3 == 0 ? null : number,
            Shared = new float[number % 4],
            Model = model ?? Model,
            Layout = layout,
            Candidates = Enumerable.Range(0, candidates).Select(i => new TitleId((ulong)((number * 1000) + i + 1))).ToArray(),
            Features = features,
            Scores = Enumerable.Range(0, candidates).Select(i => i * 0.5f).ToArray(),
            Chosen = Enumerable.Range(0, candidates / 2).Select(i => candidates - 1 - i).ToArray(),
            Propensities = Enumerable.Range(0, candidates / 2).Select(i => 1f / (i + 1)).ToArray(),
        };
    }

    public static void AssertSame(in RankingRecord expected, in RankingRecord actual)
    {
        Assert.Equal(expected.Request, actual.Request);
        Assert.Equal(
            (expected.Surface, expected.Time, expected.Viewer, expected.Household, expected.Device, expected.Visit),
            (actual.Surface, actual.Time, actual.Viewer, actual.Household, actual.Device, actual.Visit));
        Assert.Equal((expected.Consent, expected.StorePosition), (actual.Consent, actual.StorePosition));
        Assert.Equal((expected.View, expected.Position, expected.Shared.Length), (actual.View, actual.Position, actual.Shared.Length));
        Assert.Equal(expected.Model, actual.Model);
        Assert.Equal(expected.Candidates.ToArray(), actual.Candidates.ToArray());
        Assert.Equal(Bits(expected.Features), Bits(actual.Features));
        Assert.Equal(Bits(expected.Scores), Bits(actual.Scores));
        Assert.Equal(expected.Chosen.ToArray(), actual.Chosen.ToArray());
        Assert.Equal(Bits(expected.Propensities), Bits(actual.Propensities));
    }

    public static uint[] Bits(ReadOnlySpan<float> values) => Array.ConvertAll(values.ToArray(), BitConverter.SingleToUInt32Bits);
}
