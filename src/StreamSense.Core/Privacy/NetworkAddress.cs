using System.Buffers.Binary;

namespace StreamSense.Core.Privacy;

/// <summary>An address of the internet, as a number that can be looked up in ranges.</summary>
/// <remarks>
/// Personal data: it lives only while a record is at the door, and its text form says nothing. Version 4 addresses are held as version 6
/// addresses that stand for them (<c>::ffff:0:0/96</c>). Immutable; reading one allocates nothing.
/// </remarks>
public readonly struct NetworkAddress : IEquatable<NetworkAddress>, IComparable<NetworkAddress>
{
    private const int MaxGroups = 8;

    internal NetworkAddress(UInt128 bits) => Bits = bits;

    /// <summary>The first address of those that stand for version 4.</summary>
    internal static UInt128 Version4 => (UInt128)0xffff << 32;

    internal UInt128 Bits { get; }

    /// <summary>Whether it is an address of version 4.</summary>
    public bool IsVersion4 => Bits >> 32 == 0xffff;

    /// <summary>Whether two addresses are the same.</summary>
    public static bool operator ==(NetworkAddress left, NetworkAddress right) => left.Bits == right.Bits;

    /// <summary>Whether two addresses differ.</summary>
    public static bool operator !=(NetworkAddress left, NetworkAddress right) => left.Bits != right.Bits;

    /// <summary>Whether the left address stands before the right one.</summary>
    public static bool operator <(NetworkAddress left, NetworkAddress right) => left.Bits < right.Bits;

    /// <summary>Whether the left address stands after the right one.</summary>
    public static bool operator >(NetworkAddress left, NetworkAddress right) => left.Bits > right.Bits;

    /// <summary>Whether the left address does not stand after the right one.</summary>
    public static bool operator <=(NetworkAddress left, NetworkAddress right) => left.Bits <= right.Bits;

    /// <summary>Whether the left address does not stand before the right one.</summary>
    public static bool operator >=(NetworkAddress left, NetworkAddress right) => left.Bits >= right.Bits;

    /// <summary>Reads <c>192.0.2.1</c>, <c>2001:db8::1</c> or <c>[2001:db8::1]</c>; a zone (<c>%eth0</c>) is left out.</summary>
    /// <param name="utf8Text">The text.</param>
    /// <param name="address">The address; default if it is none.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8Text, out NetworkAddress address)
    {
        address = default;
        if (utf8Text is [(byte)'[', .., (byte)']'])
        {
            utf8Text = utf8Text[1..^1];
        }

        if (!utf8Text.Contains((byte)':'))
        {
            bool isFour = TryVersion4(utf8Text, out uint four);
            address = isFour ? new NetworkAddress(Version4 | four) : default;
            return isFour;
        }

        int zone = utf8Text.IndexOf((byte)'%');
        bool isSix = TryVersion6(zone < 0 ? utf8Text : utf8Text[..zone], out UInt128 bits);
        address = isSix ? new NetworkAddress(bits) : default;
        return isSix;
    }

    /// <summary>Writes the address: 16 bytes, the most significant first.</summary>
    /// <param name="destination">At least 16 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The destination is too short.</exception>
    public void WriteTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Bits);

    /// <inheritdoc/>
    public int CompareTo(NetworkAddress other) => Bits.CompareTo(other.Bits);

    /// <inheritdoc/>
    public bool Equals(NetworkAddress other) => Bits == other.Bits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NetworkAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Bits.GetHashCode();

    /// <summary>Only which version it is: an address has no business in a log.</summary>
    public override string ToString() => IsVersion4 ? "(version 4 address)" : "(version 6 address)";

    private static bool TryVersion4(ReadOnlySpan<byte> text, out uint bits)
    {
        bits = 0;
        for (int i = 0; i < 4; i++)
        {
            int end = i < 3 ? text.IndexOf((byte)'.') : text.Length;
            if (end is < 1 or > 3 || !TryNumber(text[..end], 10, out uint part) || part > byte.MaxValue)
            {
                return false;
            }

            bits = (bits << 8) | part;
            text = text[Math.Min(text.Length, end + 1)..];
        }

        return true;
    }

    private static bool TryVersion6(ReadOnlySpan<byte> text, out UInt128 bits)
    {
        bits = 0;
        int gap = text.IndexOf("::"u8);
        if (gap < 0)
        {
            return TryGroups(text, out bits, out int all) && all == MaxGroups;
        }

        bool isValid = TryGroups(text[..gap], out UInt128 head, out int before)
            & TryGroups(text[(gap + 2)..], out UInt128 tail, out int after);
        if (!isValid || before + after >= MaxGroups)
        {
            return false;
        }

        bits = (before == 0 ? 0 : head << (16 * (MaxGroups - before))) | tail;
        return true;
    }

    // A version 4 address may stand for the last two groups.
    private static bool TryGroups(ReadOnlySpan<byte> text, out UInt128 bits, out int count)
    {
        bits = 0;
        count = 0;
        while (!text.IsEmpty && count < MaxGroups)
        {
            int end = text.IndexOf((byte)':');
            ReadOnlySpan<byte> group = end < 0 ? text : text[..end];
            if (end < 0 && count <= MaxGroups - 2 && TryVersion4(group, out uint four))
            {
                bits = (bits << 32) | four;
                count += 2;
                return true;
            }

            if (group.Length is 0 or > 4 || !TryNumber(group, 16, out uint part))
            {
                return false;
            }

            bits = (bits << 16) | part;
            count++;
            if (end < 0)
            {
                return true;
            }

            text = text[(end + 1)..];
            if (text.IsEmpty)
            {
                return false;
            }
        }

        return text.IsEmpty;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, uint radix, out uint number)
    {
        number = 0;
        foreach (byte letter in text)
        {
            if (!char.IsAsciiHexDigit((char)letter))
            {
                return false;
            }

            uint digit = letter <= '9' ? (uint)(letter - '0') : (uint)((letter | 0x20) - 'a' + 10);
            if (digit >= radix)
            {
                return false;
            }

            number = (number * radix) + digit;
        }

        return true;
    }
}
