namespace StreamSense.Core.Tests.Sketches;

/// <summary>Streams of numbers of every kind that a sketch must stand, from a seed.</summary>
internal static class SketchInputs
{
    /// <summary>The kinds, for theories.</summary>
    public static TheoryData<string> Kinds => ["uniform", "zipf", "lognormal", "adversarial"];

    /// <summary>Numbers that are not negative.</summary>
    public static long[] Of(string kind, int seed, int count)
    {
        var random = new Random(seed);
        double[] shares = kind == "zipf" ? ZipfShares(20_000) : [];
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = kind switch
            {
                "uniform" => random.NextInt64(1_000_000),
                "zipf" => Rank(shares, random.NextDouble()),
                "lognormal" => (long)Math.Exp(7 + (1.5 * Normal(random))),

                // Ascending runs, powers of two and their neighbours, and one number for a third of the time.
                _ => (i % 3) switch
                {
                    0 => 4_096,
                    1 => (1L << random.Next(62)) + random.Next(-1, 2),
                    _ => ((long)seed << 32) + i,
                },
            };
        }

        return numbers;
    }

    /// <summary>In how many of a hundred seeds something holds.</summary>
    public static int SeedsIn100(Func<int, bool> holds) => Enumerable.Range(0, 100).Count(holds);

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double[] ZipfShares(int count)
    {
        double[] shares = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += 1.0 / (i + 1);
            shares[i] = sum;
        }

        return shares;
    }

    private static long Rank(double[] shares, double share)
    {
        int place = Array.BinarySearch(shares, share * shares[^1]);
        return place < 0 ? ~place : place;
    }
}
