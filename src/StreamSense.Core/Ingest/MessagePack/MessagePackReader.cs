using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>Reads MessagePack values one after the other, whichever encoding a writer chose for them.</summary>
/// <remarks>
/// Nothing throws on bad bytes: a member that cannot read what it is asked for says so, and the reader stays where it was. A length is
/// believed only if as many bytes are left, so that no input makes it read or allocate more than was given. Over one span nothing is
/// allocated; a text or binary that straddles segments of a sequence is copied. The format: the MessagePack specification,
/// version 5 with timestamps.
/// </remarks>
public ref struct MessagePackReader
{
    /// <summary>How deep arrays and maps may nest in what <see cref="TrySkip"/> passes.</summary>
    public const int MaxDepth = 16;

    private const int MaxFixedSize = 9;

    private readonly ReadOnlySequence<byte> _sequence;
    private ReadOnlySpan<byte> _span;
    private SequencePosition _next;
    private long _rest;
    private long _before;
    private int _at;

    /// <summary>Reads a span.</summary>
    /// <param name="bytes">The bytes.</param>
    public MessagePackReader(ReadOnlySpan<byte> bytes) => _span = bytes;

    /// <summary>Reads a sequence, as pipes give it.</summary>
    /// <param name="bytes">The bytes.</param>
    public MessagePackReader(in ReadOnlySequence<byte> bytes)
    {
        _sequence = bytes;
        _span = bytes.FirstSpan;
        _rest = bytes.Length - _span.Length;
        if (_rest > 0)
        {
            _next = bytes.Start;
            bytes.TryGet(ref _next, out _);
        }
    }

    /// <summary>How many bytes have been read.</summary>
    public readonly long Consumed => _before + _at;

    /// <summary>How many bytes are left.</summary>
    public readonly long Remaining => _span.Length - _at + _rest;

    /// <summary>Whether nothing is left.</summary>
    public readonly bool IsEnd => Remaining == 0;

    /// <summary>What the next value is; <see cref="MessagePackType.None"/> at the end, and for the byte that begins no value.</summary>
    public MessagePackType NextType => TryPeek(out byte code) ? MessagePackCodes.TypeOf(code) : MessagePackType.None;

    /// <summary>Reads nil.</summary>
    /// <returns>Whether the next value is nil.</returns>
    public bool TryReadNil()
    {
        bool isNil = TryPeek(out byte code) && code == MessagePackCodes.Nil;
        _at += isNil ? 1 : 0;
        return isNil;
    }

    /// <summary>Reads true or false.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Whether the next value is one of them.</returns>
    public bool TryReadBoolean(out bool value)
    {
        bool isTruth = TryPeek(out byte code) && code is MessagePackCodes.False or MessagePackCodes.True;
        value = isTruth && code == MessagePackCodes.True;
        _at += isTruth ? 1 : 0;
        return isTruth;
    }

    /// <summary>Reads a whole number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Whether the next value is a whole number that fits.</returns>
    public bool TryReadInt64(out long value)
    {
        if (TryReadWhole(out ulong bits, out bool isNegative, out int size) && (isNegative || bits <= long.MaxValue))
        {
            value = (long)bits;
            Advance(size);
            return true;
        }

        value = 0;
        return false;
    }

    /// <summary>Reads a whole number from 0.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Whether the next value is a whole number that fits.</returns>
    public bool TryReadUInt64(out ulong value)
    {
        if (TryReadWhole(out value, out bool isNegative, out int size) && !isNegative)
        {
            Advance(size);
            return true;
        }

        value = 0;
        return false;
    }

    /// <summary>Reads a floating-point number of either size.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Whether the next value is one; a whole number is none.</returns>
    public bool TryReadDouble(out double value)
    {
        value = 0;
        if (!TryPeek(out byte code) || code is not (MessagePackCodes.Float32 or MessagePackCodes.Float64))
        {
            return false;
        }

        int size = code == MessagePackCodes.Float32 ? 5 : 9;
        Span<byte> scratch = stackalloc byte[MaxFixedSize];
        if (!TryLook(size, scratch, out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        value = size == 5 ? BinaryPrimitives.ReadSingleBigEndian(bytes[1..]) : BinaryPrimitives.ReadDoubleBigEndian(bytes[1..]);
        Advance(size);
        return true;
    }

    /// <summary>Reads a text.</summary>
    /// <param name="utf8">Its bytes as they came: whether they are UTF-8 is for the caller to check.</param>
    /// <returns>Whether the next value is a whole text.</returns>
    public bool TryReadText(out ReadOnlySpan<byte> utf8)
    {
        utf8 = default;
        return TryPeek(out byte code)
            && MessagePackCodes.TypeOf(code) == MessagePackType.Text
            && TryReadHead(code, out int head, out uint length)
            && TryReadBody(head, length, out utf8);
    }

    /// <summary>Reads bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>Whether the next value is a whole binary.</returns>
    public bool TryReadBinary(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return TryPeek(out byte code)
            && MessagePackCodes.TypeOf(code) == MessagePackType.Binary
            && TryReadHead(code, out int head, out uint length)
            && TryReadBody(head, length, out bytes);
    }

    /// <summary>Reads the head of an array; its elements follow.</summary>
    /// <param name="count">How many elements it has.</param>
    /// <returns>Whether the next value is an array for which enough bytes are left.</returns>
    public bool TryReadArrayHeader(out int count) => TryReadCount(MessagePackType.Array, 1, out count);

    /// <summary>Reads the head of a map; its pairs follow.</summary>
    /// <param name="count">How many pairs it has.</param>
    /// <returns>Whether the next value is a map for which enough bytes are left.</returns>
    public bool TryReadMapHeader(out int count) => TryReadCount(MessagePackType.Map, 2, out count);

    /// <summary>Reads an extension.</summary>
    /// <param name="type">Its type; negative ones are those of the specification.</param>
    /// <param name="data">Its bytes.</param>
    /// <returns>Whether the next value is a whole extension.</returns>
    public bool TryReadExtension(out sbyte type, out ReadOnlySpan<byte> data)
    {
        type = 0;
        data = default;
        if (!TryPeek(out byte code)
            || MessagePackCodes.TypeOf(code) != MessagePackType.Extension
            || !TryReadHead(code, out int head, out uint length))
        {
            return false;
        }

        Span<byte> scratch = stackalloc byte[MaxFixedSize];
        if (!TryLook(head + 1, scratch, out ReadOnlySpan<byte> bytes) || !TryReadBody(head + 1, length, out data))
        {
            return false;
        }

        type = (sbyte)bytes[head];
        return true;
    }

    /// <summary>Reads a timestamp of 32, 64 or 96 bits.</summary>
    /// <param name="seconds">Whole seconds since 1970-01-01T00:00:00Z, negative before.</param>
    /// <param name="nanoseconds">Nanoseconds to add, 0 to 999,999,999.</param>
    /// <returns>Whether the next value is a valid timestamp.</returns>
    public bool TryReadTimestamp(out long seconds, out uint nanoseconds)
    {
        MessagePackReader start = this;
        if (TryReadExtension(out sbyte type, out ReadOnlySpan<byte> data)
            && type == MessagePackCodes.TimestampType
            && MessagePackCodes.TryParseTimestamp(data, out seconds, out nanoseconds))
        {
            return true;
        }

        this = start;
        seconds = 0;
        nanoseconds = 0;
        return false;
    }

    /// <summary>Passes a value with all that is in it.</summary>
    /// <returns>Whether there was a whole one that nests at most <see cref="MaxDepth"/> deep.</returns>
    public bool TrySkip()
    {
        MessagePackReader start = this;
        Span<long> pending = stackalloc long[MaxDepth + 1];
        int depth = 0;
        pending[0] = 1;
        while (true)
        {
            while (pending[depth] == 0)
            {
                if (depth-- == 0)
                {
                    return true;
                }
            }

            pending[depth]--;
            if (!TrySkipOne(out long inner))
            {
                break;
            }

            if (inner >= 0)
            {
                if (depth == MaxDepth)
                {
                    break;
                }

                pending[++depth] = inner;
            }
        }

        this = start;
        return false;
    }

    // Passes a value, or the head of one that holds others; inner is then their number, else -1.
    private bool TrySkipOne(out long inner)
    {
        inner = -1;
        if (!TryPeek(out byte code))
        {
            return false;
        }

        MessagePackType type = MessagePackCodes.TypeOf(code);
        switch (type)
        {
            case MessagePackType.Array or MessagePackType.Map:
                int perEntry = type == MessagePackType.Map ? 2 : 1;
                bool isWhole = TryReadCount(type, perEntry, out int count);
                inner = (long)count * perEntry;
                return isWhole;
            case MessagePackType.None:
                return false;
            case MessagePackType.Text or MessagePackType.Binary or MessagePackType.Extension:
                if (!TryReadHead(code, out int head, out uint length))
                {
                    return false;
                }

                long size = head + (type == MessagePackType.Extension ? 1L : 0) + length;
                return TryAdvance(size);
            default:
                return TryAdvance(1 + MessagePackCodes.FixedSizeOf(code));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryPeek(out byte code)
    {
        if ((uint)_at < (uint)_span.Length)
        {
            code = _span[_at];
            return true;
        }

        return TryPeekNext(out code);
    }

    private bool TryPeekNext(out byte code)
    {
        code = 0;
        while (_at == _span.Length && _rest > 0)
        {
            MoveNext();
        }

        if (_at == _span.Length)
        {
            return false;
        }

        code = _span[_at];
        return true;
    }

    private void MoveNext()
    {
        _before += _span.Length;
        _at = 0;
        _sequence.TryGet(ref _next, out ReadOnlyMemory<byte> segment);
        _span = segment.Span;
        _rest -= _span.Length;
    }

    // The next bytes without reading them; those that straddle segments are copied.
    private readonly bool TryLook(int size, Span<byte> scratch, out ReadOnlySpan<byte> bytes)
    {
        if (_span.Length - _at >= size)
        {
            bytes = _span.Slice(_at, size);
            return true;
        }

        bytes = default;
        if (Remaining < size)
        {
            return false;
        }

        _sequence.Slice(Consumed, size).CopyTo(scratch);
        bytes = scratch[..size].ToArray();
        return true;
    }

    private void Advance(long size)
    {
        while (size > _span.Length - _at)
        {
            size -= _span.Length - _at;
            MoveNext();
        }

        _at += (int)size;
    }

    private bool TryAdvance(long size)
    {
        if (Remaining < size)
        {
            return false;
        }

        Advance(size);
        return true;
    }

    private bool TryReadWhole(out ulong bits, out bool isNegative, out int size)
    {
        bits = 0;
        isNegative = false;
        size = 0;
        if (!TryPeek(out byte code) || MessagePackCodes.TypeOf(code) != MessagePackType.Integer)
        {
            return false;
        }

        size = 1 + MessagePackCodes.FixedSizeOf(code);
        Span<byte> scratch = stackalloc byte[MaxFixedSize];
        if (!TryLook(size, scratch, out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        bits = MessagePackCodes.WholeOf(bytes, out isNegative);
        return true;
    }

    // The size of the head (code and length) and the length that it says.
    private readonly bool TryReadHead(byte code, out int head, out uint length)
    {
        int width = MessagePackCodes.LengthWidthOf(code, out length);
        head = 1 + width;
        if (width == 0)
        {
            return true;
        }

        Span<byte> scratch = stackalloc byte[MaxFixedSize];
        if (!TryLook(head, scratch, out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        length = (uint)MessagePackCodes.BigEndian(bytes[1..]);
        return true;
    }

    private bool TryReadBody(int head, uint length, out ReadOnlySpan<byte> body)
    {
        if (_span.Length - _at - head >= length)
        {
            body = _span.Slice(_at + head, (int)length);
            _at += head + (int)length;
            return true;
        }

        body = default;
        if (Remaining - head < length || length > Array.MaxLength)
        {
            return false;
        }

        Advance(head);
        body = _sequence.Slice(Consumed, length).ToArray();
        Advance(length);
        return true;
    }

    private bool TryReadCount(MessagePackType type, int perEntry, out int count)
    {
        count = 0;
        if (!TryPeek(out byte code)
            || MessagePackCodes.TypeOf(code) != type
            || !TryReadHead(code, out int head, out uint length)
            || (long)length * perEntry > Remaining - head)
        {
            return false;
        }

        count = (int)length;
        Advance(head);
        return true;
    }
}
