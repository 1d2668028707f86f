using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Events;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml.Tests.Ranking;

public sealed class TopSlotsTests
{
    [Fact]
    public void Select_AnyScores_IsASortByScoreThenTitle() => Prop.ForAll<int[], byte>((seeds, room) =>
    {
        // Few distinct scores, so that there are ties; titles in no order.
        TitleId[] titles = [.. Enumerable.Range(0, seeds.Length).Select(i => new TitleId((ulong)(i + 1) * 0x9e3779b97f4a7c15UL))];
        float[] scores = [.. seeds.Select(seed => (float)(seed % 3))];
        var slate = new RankedTitle[room % 12];

        int count = TopSlots.Select(titles, scores, slate);

        RankedTitle[] expected =
        [
            .. titles.Select((title, i) => new RankedTitle(title, scores[i]))
                .OrderByDescending(ranked => ranked.Score)
                .ThenBy(ranked => ranked.Title.Value)
                .Take(slate.Length),
        ];
        return slate[..count].SequenceEqual(expected);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Select_ScoresThatAreNoNumbers_AreFiniteAndLast()
    {
        TitleId[] titles = [new(4), new(3), new(2), new(1)];
        var slate = new RankedTitle[4];

        int count = TopSlots.Select(titles, [float.NaN, float.NegativeInfinity, 5, float.PositiveInfinity], slate);

        Assert.Equal(4, count);
        Assert.Equal([1UL, 2UL, 3UL, 4UL], slate.Select(ranked => ranked.Title.Value));
        Assert.All(slate, ranked => Assert.True(float.IsFinite(ranked.Score)));
    }
}
