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
                var sums = new Dictionary<long, CubeCell>();
                var startups = new Dictionary<long, long>();
                foreach (CubeRow row in snapshot.Query(new CubeQuery { Level = level, By = [dimension], PerWindow = true }))
                {
                    long window = row.From!.Value.UnixMicroseconds;
                    CubeCell sum = sums.GetValueOrDefault(window);
                    sum.Add(row.Cell);
                    sums[window] = sum;
                    startups[window] = startups.GetValueOrDefault(window) + row.Startup.Count;
                }

                Assert.Equal(whole.Count, sums.Count);
                foreach ((long window, CubeRow row) in whole)
                {
                    CubeCell sum = sums[window];
                    Assert.Equal(row.Cell.Sums, sum.Sums);
                    Assert.Equal((row.Cell.WatchSquares, row.Cell.StallSquares, row.Cell.StallWatch), (sum.WatchSquares, sum.StallSquares, sum.StallWatch));
                    Assert.Equal(row.Startup.Count, startups[window]);
                }
            }
        }
    }
}
