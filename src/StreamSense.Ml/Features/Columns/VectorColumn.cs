using StreamSense.Core.Events;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>The cosine between a candidate's vector and the mean of those of the titles taken last.</summary>
internal sealed class VectorColumn(RecentCell recent, IVectorSource vectors) : Column
{
    /// <inheritdoc/>
    public override bool IsConstant => false;

    /// <inheritdoc/>
    public override void Prepare(FillScratch scratch)
    {
        float[] mean = (float[])(scratch.Parts[Index] ??= new float[vectors.Dimensions]);
        Array.Clear(mean);
        ReadOnlySpan<long> words = scratch.BlockOf(Table!).Row.AsSpan(recent.Offset, recent.Words);
        int count = 0;
        for (int i = 0; i < recent.Last && words[i] != 0; i++)
        {
            ReadOnlySpan<float> vector = vectors.VectorOf(new TitleId((ulong)words[i]));
            for (int k = 0; k < vector.Length && k < mean.Length; k++)
            {
                mean[k] += vector[k];
            }

            count += vector.IsEmpty ? 0 : 1;
        }

        scratch.NumbersOf(this)[0] = count == 0 ? double.NaN : Math.Sqrt(Dot(mean, mean));
    }

    /// <inheritdoc/>
    public override void Compute(FillScratch scratch, in LaneTarget target)
    {
        var mean = (float[])scratch.Parts[Index]!;
        double length = scratch.NumbersOf(this)[0];
        Span<double> result = scratch.Results(target.Lanes);
        result.Fill(double.NaN);
        for (int i = 0; i < scratch.Count && length > 0; i++)
        {
            ReadOnlySpan<float> vector = vectors.VectorOf(scratch.Titles[i]);
            if (vector.Length == mean.Length)
            {
                double cosine = Dot(mean, vector) / (length * Math.Sqrt(Dot(vector, vector)));
                result[i] = Math.Clamp(cosine, -1, 1);
            }
        }

        LaneLoop.Finish(result, target);
    }

    // One sum in the order of the numbers, so that it has the same bits on every processor.
    private static double Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += (double)left[i] * right[i];
        }

        return sum;
    }
}
