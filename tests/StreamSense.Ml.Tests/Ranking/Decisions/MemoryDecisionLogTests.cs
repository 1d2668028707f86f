using StreamSense.Ml.Ranking.Decisions;

namespace StreamSense.Ml.Tests.Ranking.Decisions;

public sealed class MemoryDecisionLogTests
{
    [Fact]
    public void OpenReader_Rankings_ComeBackBitForBit()
    {
        var log = new MemoryDecisionLog();
        for (int i = 0; i < 50; i++)
        {
            Assert.True(log.TryAppend(Rankings.Of(i, layout: Rankings.Layout)));
        }

        IDecisionReader reader = log.OpenReader();
        Assert.Throws<InvalidOperationException>(() => reader.Current.Time);
        for (int i = 0; i < 50; i++)
        {
            Assert.True(reader.TryRead());
            Rankings.AssertSame(Rankings.Of(i), reader.Current);
            Assert.Same(Rankings.Layout, reader.Current.Layout);
        }

        Assert.False(reader.TryRead());
        Assert.True(log.TryAppend(Rankings.Of(50)));
        Assert.True(reader.TryRead());
        Assert.Equal(51UL, reader.Current.Request.Value);
    }

    [Fact]
    public void TryAppend_Full_RefusesAndCounts()
    {
        var log = new MemoryDecisionLog(4096);
        int taken = 0;
        while (log.TryAppend(Rankings.Of(taken)))
        {
            taken++;
        }

        Assert.InRange(taken, 4, 20);
        Assert.Equal((taken, 1L), (log.Count, log.Refused));
        Assert.False(log.TryAppend(Rankings.Of(9, candidates: 100)));
        Assert.Equal(2, log.Refused);
    }
}
