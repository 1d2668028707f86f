namespace StreamSense.Throughput.Sketches;

/// <summary>Keys and values from a seed, made before anything is measured.</summary>
internal static class SketchInput
{
    /// <summary>How many there are; contenders go through them in circles.</summary>
    public const int Count = 1 << 20;

    private const ulong Spread = 0x9E3779B97F4A7C15;

    /// <summary>Keys drawn evenly from a number of distinct ones.</summary>
    public static ulong[] Keys(int distinct)
    {
        var random = new Random(17);
        var keys = new ulong[Count];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = (ulong)random.Next(distinct) * Spread;
        }

        return keys;
    }

    /// <summary>Keys of which the n-th most popular comes 1/n as often as the first, out of a million.</summary>
    public static ulong[] ZipfKeys()
    {
        const int Distinct = 1_000_000;
        var random = new Random(18);
        double[] shares = new double[Distinct];
        double sum = 0;
        for (int i = 0; i < Distinct; i++)
        {
            sum += 1.0 / (i + 1);
            shares[i] = sum;
        }

        var keys = new ulong[Count];
        for (int i = 0; i < keys.Length; i++)
        {
            int rank = Array.BinarySearch(shares, random.NextDouble() * sum);
            keys[i] = (ulong)(rank < 0 ? ~rank : rank) * Spread;
        }

        return keys;
    }

    /// <summary>Start-up times in milliseconds: log-normal around a second.</summary>
    public static long[] Milliseconds()
    {
        var random = new Random(19);
        var values = new long[Count];
        for (int i = 0; i < values.Length; i++)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            values[i] = (long)Math.Exp(7 + normal);
        }

        return values;
    }

    /// <summary>Goes through an input in circles, a piece at a time.</summary>
    /// <returns>How many items were handled, as a proof.</returns>
    public static long InPieces<T>(T[] input, long count, int piece, Action<T[], int, int> take)
    {
        int at = 0;
        for (long left = count; left > 0;)
        {
            int length = (int)Math.Min(left, Math.Min(piece, input.Length - at));
            take(input, at, length);
            at = (at + length) % input.Length;
            left -= length;
        }

        return count;
    }
}
