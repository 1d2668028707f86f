using System.Buffers.Text;
using System.Globalization;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>What a number of a source is multiplied with, exactly: a whole number times a power of ten.</summary>
internal readonly record struct UnitFactor(uint Multiplier, int Power)
{
    private const int MaxPlain = 19;

    private static readonly (string Name, MemberType Type, UnitFactor Factor)[] _units =
    [
        ("ns", MemberType.Milliseconds, new(1, -6)),
        ("us", MemberType.Milliseconds, new(1, -3)),
        ("ms", MemberType.Milliseconds, new(1, 0)),
        ("s", MemberType.Milliseconds, new(1, 3)),
        ("min", MemberType.Milliseconds, new(6, 4)),
        ("h", MemberType.Milliseconds, new(36, 5)),
        ("bps", MemberType.Kbps, new(1, -3)),
        ("kbps", MemberType.Kbps, new(1, 0)),
        ("Mbps", MemberType.Kbps, new(1, 3)),
        ("Gbps", MemberType.Kbps, new(1, 6)),
        ("B/s", MemberType.Kbps, new(8, -3)),
        ("kB/s", MemberType.Kbps, new(8, 0)),
        ("MB/s", MemberType.Kbps, new(8, 3)),
        ("B", MemberType.Bytes, new(1, 0)),
        ("kB", MemberType.Bytes, new(1, 3)),
        ("MB", MemberType.Bytes, new(1, 6)),
        ("GB", MemberType.Bytes, new(1, 9)),
        ("KiB", MemberType.Bytes, new(1024, 0)),
        ("MiB", MemberType.Bytes, new(1024 * 1024, 0)),
        ("GiB", MemberType.Bytes, new(1024 * 1024 * 1024, 0)),
        ("ratio", MemberType.Ratio, new(1, 0)),
        ("percent", MemberType.Ratio, new(1, -2)),
        ("ratio", MemberType.Percent, new(1, 2)),
        ("percent", MemberType.Percent, new(1, 0)),
        ("units", MemberType.Amount, new(1, 0)),
        ("cents", MemberType.Amount, new(1, -2)),
        ("micros", MemberType.Amount, new(1, -6)),
    ];

    public static UnitFactor One => new(1, 0);

    /// <summary>The names of all units.</summary>
    public static string[] Names => [.. _units.Select(unit => unit.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>The names of the units of one type of member.</summary>
    public static string[] NamesFor(MemberType type) => [.. _units.Where(unit => unit.Type == type).Select(unit => unit.Name)];

    /// <summary>The factor from a unit to that of the member.</summary>
    public static UnitFactor Of(string name, MemberType type) =>
        Array.Find(_units, unit => unit.Type == type && string.Equals(unit.Name, name, StringComparison.Ordinal)).Factor;

    /// <summary>Writes the number times the factor as JSON does.</summary>
    /// <param name="number">The number.</param>
    /// <param name="destination">At least 80 bytes.</param>
    /// <param name="written">How many bytes were written.</param>
    /// <returns>False if the product has more digits than are kept.</returns>
    public bool TryWrite(in DecimalNumber number, Span<byte> destination, out int written)
    {
        written = 0;
        UInt128 product = (UInt128)number.Digits * Multiplier;
        int exponent = number.Exponent + Power;
        if (product > ulong.MaxValue)
        {
            return false;
        }

        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat((ulong)product, digits, out int count);
        if (number.IsNegative)
        {
            destination[written++] = (byte)'-';
        }

        if (exponent is < 0 and >= -MaxPlain)
        {
            int whole = Math.Max(0, count + exponent);
            WriteFraction(digits[..count], whole, -exponent, destination, ref written);
            return true;
        }

        digits[..count].CopyTo(destination[written..]);
        written += count;
        if (exponent != 0 && product != 0)
        {
            destination[written++] = (byte)'e';
            exponent.TryFormat(destination[written..], out int length, provider: CultureInfo.InvariantCulture);
            written += length;
        }

        return true;
    }

    private static void WriteFraction(ReadOnlySpan<byte> digits, int whole, int decimals, Span<byte> destination, ref int written)
    {
        if (whole == 0)
        {
            destination[written++] = (byte)'0';
        }

        digits[..whole].CopyTo(destination[written..]);
        written += whole;
        destination[written++] = (byte)'.';
        for (int zeros = decimals - (digits.Length - whole); zeros > 0; zeros--)
        {
            destination[written++] = (byte)'0';
        }

        digits[whole..].CopyTo(destination[written..]);
        written += digits.Length - whole;
    }
}
