using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Events;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Policies;

namespace StreamSense.Ml.Tests.Ranking;

public sealed class TopSlotsTests
{
    [Fact]
    public void Select_AnyScores_IsASortByScoreThenTitle() => Prop.ForAll<int[], byte>((seeds, room) =>
        IsSorted([.. seeds.Select(seed => (float)(seed % 3))], room % 12)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1_000, 20, 1_000_000)]
    [InlineData(1_000, 20, 3)]
    [InlineData(1_000, 20, 1)]
    [InlineData(1_000, 999, 50)]
    [InlineData(10_000, 100, 200)]
    [InlineData(65, 1, 10)]
    public void Select_FewOfMany_IsASortByScoreThenTitle(int candidates, int wanted, int distinct)
    {
        var random = new Random(candidates + wanted + distinct);
        Assert.True(IsSorted([.. Enumerable.Range(0, candidates).Select(_ => random.Next(-distinct, distinct) / 7f)], wanted));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Select_ScoresInOrder_IsASortByScoreThenTitle(bool descending) =>
        Assert.True(IsSorted([.. Enumerable.Range(0, 5000).Select(i => (float)(descending ? -i : i))], 50));

    [Fact]
    public void Select_ScoresThatAreNoNumbers_AreLast()
    {
        TitleId[] titles = [new(4), new(3), new(2), new(1)];
        float[] scores = [float.NaN, float.NegativeInfinity, 5, float.PositiveInfinity];

        Assert.Equal([1UL, 2UL, 3UL, 4UL], Select(titles, scores, 4).Select(i => titles[i].Value));
        Assert.All(scores, score => Assert.True(float.IsFinite(TopSlots.Finite(score))));
    }

    [Fact]
    public void Select_TwoZeros_AreEqual() =>
        Assert.Equal([1, 0], Select([new(2), new(1)], [0f, -0f], 2));

    [Fact]
    public void Select_TooLittleScratch_Refuses() =>
        Assert.Throws<ArgumentException>(() => TopSlots.Select(new TitleId[2], new float[2], new SlotChoice[1], new byte[31]));

    // Titles in no order.
    private static bool IsSorted(float[] scores, int wanted)
    {
        TitleId[] titles = [.. Enumerable.Range(0, scores.Length).Select(i => new TitleId((ulong)(i + 1) * 0x9e3779b97f4a7c15UL))];
        int[] expected =
        [
            .. Enumerable.Range(0, scores.Length)
                .OrderByDescending(i => scores[i])
                .ThenBy(i => titles[i].Value)
                .Take(wanted),
        ];
        return Select(titles, scores, wanted).SequenceEqual(expected);
    }

    private static int[] Select(TitleId[] titles, float[] scores, int wanted)
    {
        var choices = new SlotChoice[wanted];
        var scratch = new byte[TopSlots.ScratchBytes(titles.Length)];
        Array.Fill(scratch, (byte)0xee);
        int count = TopSlots.Select(titles, scores, choices, scratch);
        Assert.All(choices[..count], choice => Assert.Equal(1, choice.Propensity));
        return [.. choices[..count].Select(choice => choice.Candidate)];
    }
}
