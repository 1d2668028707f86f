namespace StreamSense.Ml.Training.Interactions;

/// <summary>Finds a positive setting with one maximum of quality by going up from a start, in equal steps of its logarithm.</summary>
internal static class Climb
{
    /// <summary>Climbs.</summary>
    /// <param name="start">Where to begin.</param>
    /// <param name="factor">What a step multiplies by or divides by.</param>
    /// <param name="maxTries">How many settings are tried at most.</param>
    /// <param name="quality">How good a setting is.</param>
    /// <returns>The best setting that was tried, and how good it is.</returns>
    public static (double Setting, double Quality) From(double start, double factor, int maxTries, Func<double, double> quality)
    {
        (double Setting, double Quality) best = (start, quality(start));
        int tries = 1;
        foreach (double step in (ReadOnlySpan<double>)[factor, 1 / factor])
        {
            bool hasRisen = false;
            for (double next = start * step; tries < maxTries; next *= step, tries++)
            {
                double found = quality(next);
                if (found <= best.Quality)
                {
                    tries++;
                    break;
                }

                best = (next, found);
                hasRisen = true;
            }

            if (hasRisen)
            {
                break;
            }
        }

        return best;
    }
}
