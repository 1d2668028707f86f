namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>Binary floating-point numbers as the decimal ones that they stand for.</summary>
/// <remarks>
/// A double stands for the shortest decimal number that reads back as it. Where neighbouring doubles lie closer than the last digit
/// that is looked at, a decimal number of so many digits that divides back to the double is that shortest one.
/// </remarks>
internal static class BatchNumbers
{
    // Below 2^43 doubles lie closer than a thousandth, and their thousandfold is exact enough to round.
    private const double LargestMilliseconds = 8.7e12;
    private const double LargestMillionths = 8.7e9;

    /// <summary>Milliseconds as microseconds.</summary>
    /// <returns>Whether the number has at most three decimals and is small enough to be sure.</returns>
    public static bool TryMicroseconds(double milliseconds, out long microseconds)
    {
        microseconds = 0;
        if (!(Math.Abs(milliseconds) < LargestMilliseconds))
        {
            return false;
        }

        microseconds = (long)Math.Round(milliseconds * 1000);
        return microseconds / 1000.0 == milliseconds;
    }

    /// <summary>A number as millionths.</summary>
    /// <returns>Whether the number has at most six decimals and is small enough to be sure.</returns>
    public static bool TryMillionths(double number, out long millionths)
    {
        millionths = 0;
        if (!(Math.Abs(number) < LargestMillionths))
        {
            return false;
        }

        millionths = (long)Math.Round(number * 1_000_000);
        return millionths / 1_000_000.0 == number;
    }
}
