using System.Globalization;

namespace StreamSense.Ml.Evaluation.Splits;

/// <summary>A number from 0 to 1 that a text and a seed decide.</summary>
/// <remarks>
/// The second hash of GrowthBook's specification, so that splits can be made again elsewhere: FNV-1a with 32 bits over seed and text, its
/// decimal digits hashed again, and the last four decimal digits of that as a fraction. UTF-16 code units are hashed, as the
/// specification's own implementations do. Not for secrets.
/// </remarks>
public static class SplitHash
{
    private const uint OffsetBasis = 0x811c9dc5;
    private const uint Prime = 0x01000193;
    private const int Steps = 10_000;

    /// <summary>The number.</summary>
    /// <param name="seed">The seed: the name of a split.</param>
    /// <param name="value">The text.</param>
    /// <returns>One of 0, 0.0001, ..., 0.9999.</returns>
    public static double Of(ReadOnlySpan<char> seed, ReadOnlySpan<char> value)
    {
        uint first = Fnv(Fnv(OffsetBasis, seed), value);
        Span<char> digits = stackalloc char[10];
        _ = first.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        return Fnv(OffsetBasis, digits[..length]) % Steps / (double)Steps;
    }

    private static uint Fnv(uint hash, ReadOnlySpan<char> text)
    {
        foreach (char unit in text)
        {
            hash = (hash ^ unit) * Prime;
        }

        return hash;
    }
}
