using StreamSense.Core.Buffering;

namespace StreamSense.Core.Tests.Buffering;

/// <summary>Where keys lie in the index of a keyed table.</summary>
public sealed class KeyedIndexTests
{
    [Theory]
    [InlineData(1UL)]
    [InlineData(1UL << 16)]
    [InlineData(1UL << 40)]
    [InlineData(0x9E3779B97F4A7C15)]
    public void FindAtHome_KeysInEqualSteps_AreAtHomeWhateverTheFactor(ulong step)
    {
        const int Keys = 2_000;
        for (int table = 0; table < 300; table++)
        {
            var index = new KeyedIndex(Keys);
            for (int row = 0; row < Keys; row++)
            {
                index.Add((ulong)row * step, row);
            }

            int away = 0;
            for (int row = 0; row < Keys; row++)
            {
                ulong key = (ulong)row * step;
                away += index.FindAtHome(key, index.HomeOf(key)) == row ? 0 : 1;
            }

            // Of keys thrown at random 1 to 2 % find no room in their home; the worst of many factors may be some times as bad.
            Assert.True(away < Keys * 0.1, $"{away} of {Keys} keys are not at home.");
        }
    }

    [Fact]
    public void FindHomes_ManyAtOnce_AreThoseOfEach()
    {
        var index = new KeyedIndex(50_000);
        ulong[] keys = [.. Enumerable.Range(0, 77).Select(i => (ulong)i * 0x9E3779B97F4A7C15)];
        var homes = new ulong[keys.Length];

        index.FindHomes(keys, homes);

        Assert.Equal(keys.Select(key => (ulong)index.HomeOf(key)), homes);
    }
}
