using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>A fading sum over all keys, for priors.</summary>
internal sealed class SumOfEverything(TablePlan table, FadingSums sums, int place)
{
    /// <summary>The sum at the query's time.</summary>
    public double Read(FillScratch scratch)
    {
        long[] row = scratch.BlockOf(table).Row;
        double sum = BitConverter.Int64BitsToDouble(row[sums.Offset + place]);
        return sum == 0 ? 0 : sum * sums.Fading.ReadingAt(scratch.Query.Time, row[sums.Offset]);
    }
}
