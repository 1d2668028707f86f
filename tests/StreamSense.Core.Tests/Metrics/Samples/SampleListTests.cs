using StreamSense.Core.Events;
using StreamSense.Core.Metrics.Samples;

namespace StreamSense.Core.Tests.Metrics.Samples;

public sealed class SampleListTests
{
    private const int Capacity = 8;

    [Fact]
    public void Add_ViewsOfEqualRanks_AreTheSameInEveryOrderAndMerged()
    {
        (ulong Rank, ViewSample View)[] all =
        [
            .. Enumerable.Range(1, 60).Select(i => ((ulong)i % 3, new ViewSample(new ViewId((ulong)i * 7919 % 101), default, i))),
        ];
        ViewSample[] expected = [.. all.OrderBy(one => (one.Rank, one.View.View.Value)).Take(Capacity).Select(one => one.View)];
        var random = new Random(1);
        for (int round = 0; round < 50; round++)
        {
            random.Shuffle(all);
            SampleList whole = Of(all);
            SampleList merged = Of(all[..25]);
            merged.Merge(Of(all[25..]));

            Assert.Equal(expected, whole.Views.ToArray());
            Assert.Equal(expected, merged.Views.ToArray());
        }
    }

    private static SampleList Of(ReadOnlySpan<(ulong Rank, ViewSample View)> some)
    {
        var list = new SampleList(Capacity);
        foreach ((ulong rank, ViewSample view) in some)
        {
            list.Add(rank, view);
        }

        return list;
    }
}
