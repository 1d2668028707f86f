using StreamSense.Core.Metrics.Cubes;

namespace StreamSense.Core.Tests.Metrics.Cubes;

/// <summary>What holds in every snapshot: the values of a dimension add up to the whole, window by window.</summary>
internal static class CubeInvariant
{
    public static void Check(CubeSnapshot snapshot, IReadOnlyList<CubeDimension> dimensions)
    {
        foreach (CubeLevel level in Enum.GetValues<CubeLevel>())
        {
            Dictionary<long, CubeRow> whole = snapshot.Query(new CubeQuery { Level = level, PerWindow = true })
                .Where(row => row.From is not null)
                .ToDictionary(row => row.From!.Value.UnixMicroseconds);
            foreach (CubeDimension dimension in dimensions)
            {
                var sums = new Dictionary<long, CubeSums>();
                var startups = new Dictionary<long, long>();
                foreach (CubeRow row in snapshot.Query(new CubeQuery { Level = level, By = [dimension], PerWindow = true }))
                {
                    long window = row.From!.Value.UnixMicroseconds;
                    CubeSums sum = sums.GetValueOrDefault(window);
                    sum.Add(row.Sums);
                    sums[window] = sum;
                    startups[window] = startups.GetValueOrDefault(window) + row.Startup.Count;
                }

                Assert.Equal(whole.Count, sums.Count);
                foreach ((long window, CubeRow row) in whole)
                {
                    Assert.Equal(row.Sums, sums[window]);
                    Assert.Equal(row.Startup.Count, startups[window]);
                }
            }
        }
    }
}
