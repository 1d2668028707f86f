namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>Takes lines away from a set that fails, for as long as it still fails: what is left can be settled by hand.</summary>
internal static class SmallestFailure
{
    /// <summary>A subset that fails, in the order of the set; no single line of it can be left out.</summary>
    /// <param name="lines">What fails.</param>
    /// <param name="fails">Whether a set fails.</param>
    internal static List<string> Of(List<string> lines, Func<List<string>, bool> fails)
    {
        List<string> left = lines;
        for (int chunk = left.Count / 2; chunk >= 1; chunk /= 2)
        {
            // Taking a line away can make another one superfluous, hence the rounds; each one but the last shortens the set.
            bool isShorter = true;
            while (isShorter)
            {
                isShorter = false;
                for (int from = 0; from < left.Count;)
                {
                    List<string> without = [.. left.Take(from), .. left.Skip(from + chunk)];
                    if (fails(without))
                    {
                        left = without;
                        isShorter = true;
                    }
                    else
                    {
                        from += chunk;
                    }
                }
            }
        }

        return left;
    }
}
