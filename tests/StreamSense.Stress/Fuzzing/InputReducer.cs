namespace StreamSense.Stress.Fuzzing;

/// <summary>Makes a failing input small: delta debugging (Zeller and Hildebrandt, IEEE TSE 28(2), 2002), by complements.</summary>
internal static class InputReducer
{
    private const int MostTries = 1500;

    /// <summary>The smallest input found that still fails.</summary>
    /// <param name="input">An input that fails.</param>
    /// <param name="fails">Whether an input fails in the same way.</param>
    public static FuzzInput Reduce(FuzzInput input, Func<FuzzInput, bool> fails)
    {
        int tries = 0;
        if (fails(input with { Cuts = [] }))
        {
            input = input with { Cuts = [] };
        }

        if (input.Receiver != 0 && fails(input with { Receiver = 0 }))
        {
            input = input with { Receiver = 0 };
        }

        for (int width = Math.Max(1, input.Bytes.Length / 2); tries < MostTries;)
        {
            bool isSmaller = false;
            for (int at = 0; at < input.Bytes.Length && tries < MostTries;)
            {
                tries++;
                int end = Math.Min(at + width, input.Bytes.Length);
                FuzzInput smaller = Without(input, at, end);
                if (fails(smaller))
                {
                    input = smaller;
                    isSmaller = true;
                }
                else
                {
                    at = end;
                }
            }

            if (width == 1 && !isSmaller)
            {
                break;
            }

            width = isSmaller && width == 1 ? 1 : Math.Max(1, width / 2);
        }

        return input;
    }

    private static FuzzInput Without(FuzzInput input, int from, int to)
    {
        byte[] bytes = [.. input.Bytes.AsSpan(0, from), .. input.Bytes.AsSpan(to)];
        IEnumerable<int> cuts = input.Cuts.Select(cut => cut <= from ? cut : cut <= to ? from : cut - (to - from));
        return input with { Bytes = bytes, Cuts = [.. cuts.Where(cut => cut <= bytes.Length)] };
    }
}
