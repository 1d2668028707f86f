using StreamSense.Core.Sketches;

namespace StreamSense.Core.Tests.Sketches;

public sealed class CounterTableTests
{
    private const int Counters = 1024;
    private const int Seeds = 300;
    private const int ComparedAtOnce = 4;

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(64UL)]
    [InlineData(1000UL)]
    [InlineData(1UL << 20)]
    [InlineData(1UL << 32)]
    [InlineData((1UL << 40) + 12345)]
    public void Add_KeysInEqualSteps_LieWhereTheSearchBeginsWhateverTheSeed(ulong step)
    {
        int most = 0;
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var table = new CounterTable(Counters, seed);
            for (ulong i = 0; i < Counters; i++)
            {
                Assert.Equal(0, table.Add(7 + (i * step), 1));
            }

            most = Math.Max(most, FurtherThanOneLook(table));
        }

        // Places chosen at random at this load leave one key in thirty further away.
        Assert.InRange(most, 0, Counters / 10);
    }

    private static int FurtherThanOneLook(CounterTable table)
    {
        int further = 0;
        for (int place = 0; place < table.Places; place++)
        {
            if (table.TryGet(place, out ulong key, out _))
            {
                int distance = (place - (int)table.HomeOf(key)) & (table.Places - 1);
                further += distance >= ComparedAtOnce ? 1 : 0;
            }
        }

        return further;
    }
}
