using FsCheck;
using FsCheck.Fluent;
using StreamSense.Ml.Training;

namespace StreamSense.Ml.Tests.Training;

public sealed class ItemOrderTests
{
    [Fact]
    public void Select_AnyScores_EqualsASort() => Prop.ForAll<byte[], byte, byte>((values, places, length) =>
    {
        // Few values, so that most are tied; one in eight is left out.
        int ValueAt(int i) => values.Length == 0 ? 0 : values[i % values.Length] + (i * 7);
        float[] scores = [.. Enumerable.Range(0, length * 3).Select(i => ScoreOf(ValueAt(i)))];
        var best = new int[places % 40];
        int count = ItemOrder.Select(scores, best);
        int[] expected = [.. Ordered(scores).Take(best.Length)];
        return expected.AsSpan().SequenceEqual(best.AsSpan(0, count));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void RankOf_AnyScores_IsThePlaceInASort() => Prop.ForAll<byte[]>(values =>
    {
        float[] scores = [.. values.Select(value => ScoreOf(value))];
        int[] order = [.. Ordered(scores)];
        return order.Select((item, place) => ItemOrder.RankOf(scores, item) == place).All(isEqual => isEqual);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void MakeFinite_NoNumbers_BecomeTheLowest()
    {
        float[] scores = [float.NaN, float.NegativeInfinity, float.PositiveInfinity, 1];

        ItemOrder.MakeFinite(scores);

        Assert.Equal([float.MinValue, float.MinValue, float.MaxValue, 1], scores);
    }

    [Fact]
    public void MakeFinite_AnyPlace_IsReached()
    {
        for (int place = 0; place < 70; place++)
        {
            var scores = new float[70];
            scores[place] = place % 2 == 0 ? float.NaN : float.PositiveInfinity;

            ItemOrder.MakeFinite(scores);

            Assert.Equal(69, scores.Count(score => score == 0));
            Assert.Equal(place % 2 == 0 ? float.MinValue : float.MaxValue, scores[place]);
        }
    }

    private static float ScoreOf(int value) => (value & 7) == 0 ? float.NegativeInfinity : value & 15;

    private static IEnumerable<int> Ordered(float[] scores) => Enumerable.Range(0, scores.Length)
        .Where(i => !float.IsNegativeInfinity(scores[i]))
        .OrderByDescending(i => scores[i])
        .ThenBy(i => i);
}
