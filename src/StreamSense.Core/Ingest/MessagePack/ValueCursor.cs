using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>Reads the plain values of a batch: the few forms that most events are made of, and no others.</summary>
/// <remarks>
/// Beside <see cref="MessagePackReader"/>, which reads everything, this one is small enough to stay in registers. What it cannot read
/// it refuses without a reason, and the general reader looks at it again.
/// </remarks>
internal ref struct ValueCursor(ReadOnlySpan<byte> bytes, int at)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at = at;

    /// <summary>Where the next value begins.</summary>
    public readonly int At => _at;

    /// <summary>The next byte without reading it; nil at the end.</summary>
    public readonly byte Peek => (uint)_at < (uint)_bytes.Length ? _bytes[_at] : MessagePackCodes.Nil;

    /// <summary>A number of one byte from 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySmall(out byte value)
    {
        if ((uint)_at < (uint)_bytes.Length && _bytes[_at] is var code and < MessagePackCodes.FixMap)
        {
            value = code;
            _at++;
            return true;
        }

        value = 0;
        return false;
    }

    /// <summary>The head of an array or a map of fewer than 16, or of 16 bits.</summary>
    public bool TryCount(byte fix, byte wide, out int count)
    {
        count = 0;
        ReadOnlySpan<byte> rest = _bytes[_at..];
        if (rest.Length > 0 && (rest[0] & 0xf0) == fix)
        {
            count = rest[0] & 15;
            _at++;
            return true;
        }

        if (rest.Length < 3 || rest[0] != wide)
        {
            return false;
        }

        count = BinaryPrimitives.ReadUInt16BigEndian(rest[1..]);
        _at += 3;
        return true;
    }

    /// <summary>A whole number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryWhole(out long value) => TryWhole(_bytes, ref _at, out value);

    /// <summary>Reads a whole number.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="at">Where it begins; where it ends, if there is one.</param>
    /// <param name="value">The number.</param>
    /// <returns>Whether there is one of at most 63 bits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryWhole(ReadOnlySpan<byte> bytes, ref int at, out long value)
    {
        value = 0;
        if ((uint)at >= (uint)bytes.Length)
        {
            return false;
        }

        byte code = bytes[at];
        if (code < MessagePackCodes.FixMap)
        {
            value = code;
            at++;
            return true;
        }

        if (code is < MessagePackCodes.UInt8 or > MessagePackCodes.Int64)
        {
            value = (sbyte)code;
            at += code >= MessagePackCodes.NegativeFixInt ? 1 : 0;
            return code >= MessagePackCodes.NegativeFixInt;
        }

        int size = 1 << (code & 3);
        int rest = bytes.Length - at;
        if (rest <= size)
        {
            return false;
        }

        // The widths of a sender's numbers follow no pattern that a processor could guess: one load and one shift for all of them.
        int shift = 64 - (8 * size);
        ulong bits = rest > sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64BigEndian(bytes[(at + 1)..])
            : MessagePackCodes.BigEndian(bytes.Slice(at + 1, size)) << shift;
        value = code >= MessagePackCodes.Int8 ? (long)bits >> shift : (long)(bits >> shift);
        at += 1 + size;
        return value >= 0 || code != MessagePackCodes.UInt64;
    }

    /// <summary>A double.</summary>
    public bool TryDouble(out double value)
    {
        ReadOnlySpan<byte> rest = _bytes[_at..];
        bool isDouble = rest.Length >= 9 && rest[0] == MessagePackCodes.Float64;
        value = isDouble ? BinaryPrimitives.ReadDoubleBigEndian(rest[1..]) : 0;
        _at += isDouble ? 9 : 0;
        return isDouble;
    }

    /// <summary>A text of fewer than 65,536 bytes.</summary>
    public bool TryText(out ReadOnlySpan<byte> text)
    {
        text = default;
        ReadOnlySpan<byte> rest = _bytes[_at..];
        int head = 1;
        int length;
        if (rest.Length > 0 && rest[0] is >= MessagePackCodes.FixText and < MessagePackCodes.Nil)
        {
            length = rest[0] & 31;
        }
        else if (rest.Length > 1 && rest[0] == MessagePackCodes.Text8)
        {
            length = rest[1];
            head = 2;
        }
        else if (rest.Length > 2 && rest[0] == MessagePackCodes.Text8 + 1)
        {
            length = BinaryPrimitives.ReadUInt16BigEndian(rest[1..]);
            head = 3;
        }
        else
        {
            return false;
        }

        if (rest.Length - head < length)
        {
            return false;
        }

        text = rest.Slice(head, length);
        _at += head + length;
        return true;
    }

    /// <summary>A binary of eight bytes, as a number.</summary>
    public bool TryPseudonym(out ulong bits)
    {
        ReadOnlySpan<byte> rest = _bytes[_at..];
        bool isOne = rest.Length >= 10 && rest[0] == MessagePackCodes.Binary8 && rest[1] == BatchFormat.PseudonymBytes;
        bits = isOne ? BinaryPrimitives.ReadUInt64BigEndian(rest[2..]) : 0;
        _at += isOne ? 10 : 0;
        return isOne;
    }

    /// <summary>Passes a value of whatever form; false for nil, which says that nothing is there.</summary>
    public bool TrySkip()
    {
        byte code = Peek;
        int size = code is < MessagePackCodes.FixMap or >= MessagePackCodes.NegativeFixInt ? 1
            : code is >= MessagePackCodes.FixText and < MessagePackCodes.Nil ? 1 + (code & 31)
            : code is >= MessagePackCodes.UInt8 and <= MessagePackCodes.Int64 ? 1 + (1 << (code & 3))
            : int.MaxValue;
        if (size <= _bytes.Length - _at)
        {
            _at += size;
            return true;
        }

        var reader = new MessagePackReader(_bytes[_at..]);
        if (reader.NextType == MessagePackType.Nil || !reader.TrySkip())
        {
            return false;
        }

        _at += (int)reader.Consumed;
        return true;
    }
}
