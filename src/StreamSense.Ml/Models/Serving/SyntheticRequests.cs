using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Models.Serving;

/// <summary>Makes up rankings to warm a model up with, where none have been captured.</summary>
public static class SyntheticRequests
{
    private const int MissingInSixteen = 2;

    /// <summary>Makes rankings whose features lie within the ranges of the training data.</summary>
    /// <param name="layout">The layout; a feature whose range was not noted is between 0 and 1.</param>
    /// <param name="requests">How many rankings.</param>
    /// <param name="candidates">How many candidates each.</param>
    /// <param name="seed">The same seed gives the same numbers.</param>
    /// <param name="shared">How many numbers belong to each request as a whole.</param>
    /// <returns>The rankings. An eighth of the features is missing, and of the last ranking all are.</returns>
    public static ImmutableArray<WarmUpRequest> Make(
        ModelLayout layout, int requests = 64, int candidates = 100, long seed = 1, int shared = 0)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentOutOfRangeException.ThrowIfLessThan(requests, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(shared);
        ulong state = (ulong)seed;
        ImmutableArray<WarmUpRequest>.Builder made = ImmutableArray.CreateBuilder<WarmUpRequest>(requests);
        for (int request = 0; request < requests; request++)
        {
            var titles = new TitleId[candidates];
            for (int i = 0; i < candidates; i++)
            {
                titles[i] = new TitleId(Math.Max(1, SplitMixStep.Next(ref state)));
            }

            var columns = new float[layout.Features.Length * candidates];
            for (int i = 0; i < columns.Length; i++)
            {
                columns[i] = Value(layout.Features[i / candidates], SplitMixStep.Next(ref state), isMissing: request == requests - 1);
            }

            var whole = new float[shared];
            for (int i = 0; i < shared; i++)
            {
                whole[i] = Fraction(SplitMixStep.Next(ref state));
            }

            made.Add(new WarmUpRequest([.. titles], [.. columns]) { Shared = [.. whole] });
        }

        return made.MoveToImmutable();
    }

    private static float Value(ModelFeature feature, ulong random, bool isMissing)
    {
        float least = feature.Least ?? 0;
        float most = feature.Most ?? 1;
        return isMissing || (random & 15) < MissingInSixteen ? float.NaN : least + ((most - least) * Fraction(random));
    }

    private static float Fraction(ulong random) => (random >> 40) * (1f / (1 << 24));
}
