using System.Collections.Immutable;

namespace StreamSense.Ml.Evaluation.Metrics;

/// <summary>Whether what was said to be likely by seven in ten happens seven times in ten.</summary>
/// <remarks>After Guo et al., "On Calibration of Modern Neural Networks" (2017), section 2. Immutable.</remarks>
public sealed class CalibrationReport
{
    private CalibrationReport(ImmutableArray<CalibrationBin> bins)
    {
        Bins = bins;
        long count = bins.Sum(bin => (long)bin.Count);
        foreach (CalibrationBin bin in bins)
        {
            ExpectedError += bin.Gap * bin.Count / count;
            LargestError = Math.Max(LargestError, bin.Gap);
        }
    }

    /// <summary>The bins that hold something, ascending.</summary>
    public ImmutableArray<CalibrationBin> Bins { get; }

    /// <summary>The mean gap, each bin weighing as it holds predictions: the expected calibration error.</summary>
    public double ExpectedError { get; }

    /// <summary>The gap of the worst bin: the maximum calibration error.</summary>
    public double LargestError { get; }

    /// <summary>Bins of equal width from 0 to 1.</summary>
    /// <param name="probabilities">The probabilities of yes; those outside 0 to 1 go to the outermost bins.</param>
    /// <param name="labels">The labels; above 0.5 means yes.</param>
    /// <param name="bins">How many bins there are.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a probability is NaN.</exception>
    public static CalibrationReport OfEqualWidth(ReadOnlySpan<double> probabilities, ReadOnlySpan<float> labels, int bins = 10)
    {
        Check(probabilities, labels, bins);
        var counts = new int[bins];
        var said = new double[bins];
        var came = new int[bins];
        for (int i = 0; i < labels.Length; i++)
        {
            int bin = (int)Math.Clamp(probabilities[i] * bins, 0, bins - 1);
            counts[bin]++;
            said[bin] += probabilities[i];
            came[bin] += labels[i] > 0.5f ? 1 : 0;
        }

        return Of(counts, said, came);
    }

    /// <summary>Bins of equally many predictions; equal predictions may fall into two.</summary>
    /// <param name="probabilities">The probabilities of yes.</param>
    /// <param name="labels">The labels; above 0.5 means yes.</param>
    /// <param name="bins">How many bins there are.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a probability is NaN.</exception>
    public static CalibrationReport OfEqualCounts(ReadOnlySpan<double> probabilities, ReadOnlySpan<float> labels, int bins = 10)
    {
        Check(probabilities, labels, bins);
        double[] sorted = probabilities.ToArray();
        float[] outcomes = labels.ToArray();
        Array.Sort(sorted, outcomes);
        var counts = new int[bins];
        var said = new double[bins];
        var came = new int[bins];
        for (int i = 0; i < sorted.Length; i++)
        {
            int bin = (int)((long)i * bins / sorted.Length);
            counts[bin]++;
            said[bin] += sorted[i];
            came[bin] += outcomes[i] > 0.5f ? 1 : 0;
        }

        return Of(counts, said, came);
    }

    private static CalibrationReport Of(int[] counts, double[] said, int[] came)
    {
        ImmutableArray<CalibrationBin>.Builder bins = ImmutableArray.CreateBuilder<CalibrationBin>();
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                bins.Add(new CalibrationBin(counts[i], said[i] / counts[i], (double)came[i] / counts[i]));
            }
        }

        return new CalibrationReport(bins.ToImmutable());
    }

    private static void Check(ReadOnlySpan<double> probabilities, ReadOnlySpan<float> labels, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (probabilities.Length != labels.Length)
        {
            throw new ArgumentException($"{probabilities.Length} predictions have {labels.Length} labels.", nameof(labels));
        }

        foreach (double probability in probabilities)
        {
            if (double.IsNaN(probability))
            {
                throw new ArgumentException("A probability is NaN.", nameof(probabilities));
            }
        }
    }
}
