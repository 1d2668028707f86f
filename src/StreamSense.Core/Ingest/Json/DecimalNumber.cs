using System.Globalization;

namespace StreamSense.Core.Ingest.Json;

/// <summary>A decimal number as it is spelled, so that 0.1 stays a tenth and a microsecond is not lost to a float.</summary>
/// <remarks>Keeps 19 significant digits; <see cref="IsCut"/> says whether there were more.</remarks>
internal readonly record struct DecimalNumber(bool IsNegative, ulong Digits, int Exponent, bool IsCut)
{
    private const int MaxDigits = 19;
    private const int MaxExponent = 100_000;

    // An array: code that is not optimised makes an object each time it asks for the span of a constant.
    private static readonly ulong[] Powers =
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
        100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ];

    /// <summary>A number of at most 18 digits.</summary>
    public static DecimalNumber Of(bool negative, ulong digits, int exponent) =>
        new(negative && digits != 0, digits, digits == 0 ? 0 : exponent, IsCut: false);

    /// <summary>Reads a number whose syntax has been checked: sign, digits, fraction, exponent.</summary>
    public static DecimalNumber Parse(ReadOnlySpan<byte> text)
    {
        bool negative = text.Length > 0 && text[0] == (byte)'-';
        ulong digits = 0;
        int count = 0;
        int exponent = 0;
        bool cut = false;
        bool fraction = false;
        for (int i = negative ? 1 : 0; i < text.Length; i++)
        {
            byte letter = text[i];
            if (letter == (byte)'.')
            {
                fraction = true;
            }
            else if (letter is (byte)'e' or (byte)'E')
            {
                exponent += ParseExponent(text[(i + 1)..]);
                break;
            }
            else if (count < MaxDigits)
            {
                digits = (digits * 10) + (uint)(letter - (byte)'0');
                count += digits != 0 ? 1 : 0;
                exponent -= fraction ? 1 : 0;
            }
            else
            {
                cut |= letter != (byte)'0';
                exponent += fraction ? 0 : 1;
            }
        }

        return new DecimalNumber(negative && (digits != 0 || cut), digits, digits == 0 && !cut ? 0 : exponent, cut);
    }

    /// <summary>The number times a power of ten, cut towards zero.</summary>
    /// <param name="power">The power of ten.</param>
    /// <param name="value">The product.</param>
    /// <param name="remainder">What was cut off: 0 nothing, 1 less than a half, 2 a half or more.</param>
    /// <returns>Whether the product fits.</returns>
    public bool TryScale(int power, out long value, out int remainder)
    {
        ulong magnitude = Digits;
        remainder = 0;
        value = 0;
        int shift = Exponent + power;
        if (shift > 0)
        {
            if (magnitude != 0 && (shift > MaxDigits || Math.BigMul(magnitude, Powers[shift], out magnitude) != 0))
            {
                return false;
            }
        }
        else if (shift < -MaxDigits)
        {
            remainder = magnitude == 0 ? 0 : 1;
            magnitude = 0;
        }
        else if (shift < 0)
        {
            ulong divisor = Powers[-shift];
            ulong rest = magnitude % divisor;
            magnitude /= divisor;
            remainder = rest == 0 ? 0 : (rest >= divisor - rest ? 2 : 1);
        }

        if (magnitude > long.MaxValue)
        {
            return false;
        }

        remainder = remainder == 0 && IsCut ? 1 : remainder;
        value = IsNegative ? -(long)magnitude : (long)magnitude;
        return true;
    }

    /// <summary>The number times a power of ten, rounded half away from zero.</summary>
    public bool TryRound(int power, out long value)
    {
        if (!TryScale(power, out value, out int remainder) || (remainder == 2 && value is long.MaxValue or long.MinValue))
        {
            return false;
        }

        if (remainder == 2)
        {
            value += IsNegative ? -1 : 1;
        }

        return true;
    }

    /// <summary>The same number with no zeros at the end of its digits: one form for all spellings.</summary>
    public DecimalNumber Normalized()
    {
        ulong digits = Digits;
        int exponent = Exponent;
        while (digits != 0 && digits % 10 == 0)
        {
            digits /= 10;
            exponent++;
        }

        return this with { Digits = digits, Exponent = exponent };
    }

    /// <summary>The number as text, for messages.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(IsNegative ? "-" : "")}{Digits}e{Exponent}");

    private static int ParseExponent(ReadOnlySpan<byte> text)
    {
        bool negative = text.Length > 0 && text[0] == (byte)'-';
        int exponent = 0;
        foreach (byte letter in text[(text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0)..])
        {
            exponent = Math.Min(MaxExponent, (exponent * 10) + (letter - (byte)'0'));
        }

        return negative ? -exponent : exponent;
    }
}
