using StreamSense.Core.Sketches;

namespace StreamSense.Core.Tests.Sketches;

public sealed class DistinctCounterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    public void Count_OfFew_IsExact(int count) => Assert.Equal(count, Filled(0, count).Count);

    [Theory]
    [InlineData(5_000)]
    [InlineData(50_000)]
    [InlineData(1_000_000)]
    public void Count_OfMany_IsWithinThreeStandardErrors(int count) =>
        Assert.InRange(Filled(0, count).Count, (long)(count * 0.95), (long)(count * 1.05));

    [Theory]
    [InlineData(1_000, 1_000)]
    [InlineData(1_000, 10_000)]
    [InlineData(10_000, 1_000)]
    [InlineData(10_000, 10_000)]
    public void Merge_OfOverlappingSets_CountsTheirUnion(int left, int right)
    {
        DistinctCounter merged = Filled(0, left);
        merged.Merge(Filled(left / 2, right));
        Assert.Equal(Filled(0, (left / 2) + Math.Max(left / 2, right)).Count, merged.Count);
    }

    private static DistinctCounter Filled(int from, int count)
    {
        var counter = new DistinctCounter();
        for (int i = from; i < from + count; i++)
        {
            // SplitMix64's mixer, so that consecutive numbers are spread like hashes.
            ulong bits = ((ulong)i + 1) * 0x9E3779B97F4A7C15;
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
            counter.Add(bits ^ (bits >> 31));
        }

        return counter;
    }
}
