using System.Collections.Immutable;
using System.Globalization;
using StreamSense.Ml.Evaluation.Metrics;

namespace StreamSense.Tool.Modelling;

/// <summary>How good scores of rows are.</summary>
internal static class FeatureMetrics
{
    private static readonly int[] _cutoffs = [1, 3, 5, 10];

    /// <summary>NDCG with gains of 2^label - 1; a query without a relevant row counts as 1.</summary>
    public static ImmutableSortedDictionary<string, double> Ranking(FeatureRows rows, ReadOnlySpan<double> scores)
    {
        var sums = new double[_cutoffs.Length];
        int first = 0;
        foreach (int size in rows.GroupSizes!.Value)
        {
            double[] gains = [.. rows.Labels.Skip(first).Take(size).Select(label => Math.Pow(2, label) - 1)];
            double[] keys = scores.Slice(first, size).ToArray();
            double[] ordered = [.. Enumerable.Range(0, size).OrderByDescending(i => keys[i]).Select(i => gains[i])];
            double[] ideal = [.. gains.OrderDescending()];
            for (int i = 0; i < _cutoffs.Length; i++)
            {
                sums[i] += ideal.Length == 0 || ideal[0] <= 0 ? 1 : RankingMeasures.NdcgAt(ordered, ideal, _cutoffs[i]);
            }

            first += size;
        }

        ImmutableSortedDictionary<string, double> metrics = ImmutableSortedDictionary<string, double>.Empty;
        for (int i = 0; i < _cutoffs.Length && rows.GroupSizes.Value.Length > 0; i++)
        {
            metrics = metrics.Add(
                string.Create(CultureInfo.InvariantCulture, $"ndcg@{_cutoffs[i]}"),
                sums[i] / rows.GroupSizes.Value.Length);
        }

        return metrics;
    }

    /// <summary>Area under the curve and log loss of probabilities; each only where there are both outcomes.</summary>
    public static ImmutableSortedDictionary<string, double> Binary(FeatureRows rows, ReadOnlySpan<double> probabilities)
    {
        ImmutableSortedDictionary<string, double> metrics = ImmutableSortedDictionary<string, double>.Empty;
        metrics = BinaryMeasures.AreaUnderCurve(probabilities, rows.Labels) is { } area ? metrics.Add("auc", area) : metrics;
        return BinaryMeasures.LogLoss(probabilities, rows.Labels) is { } loss && double.IsFinite(loss)
            ? metrics.Add("logLoss", loss)
            : metrics;
    }

    /// <summary>The errors of numbers.</summary>
    public static ImmutableSortedDictionary<string, double> Numbers(FeatureRows rows, ReadOnlySpan<double> predicted)
    {
        var singles = new float[predicted.Length];
        for (int i = 0; i < singles.Length; i++)
        {
            singles[i] = (float)predicted[i];
        }

        ImmutableSortedDictionary<string, double> metrics = ImmutableSortedDictionary<string, double>.Empty;
        return RatingErrors.Of(singles, rows.Labels) is { } errors
            ? metrics.Add("rmse", errors.RootMeanSquare).Add("mae", errors.MeanAbsolute)
            : metrics;
    }
}
