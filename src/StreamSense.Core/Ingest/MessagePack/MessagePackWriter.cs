using System.Buffers;
using System.Buffers.Binary;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>Writes MessagePack values, each in its shortest encoding.</summary>
/// <remarks>
/// What is written is at once in the buffer: there is nothing to flush. A floating-point number that is whole and exactly an integer
/// (up to 2^53) is written as one, which is what JavaScript makes of it. The caller writes as many elements as a head announces.
/// Allocates nothing itself.
/// </remarks>
/// <param name="output">Takes the bytes: a pipe, a buffer.</param>
public readonly ref struct MessagePackWriter(IBufferWriter<byte> output)
{
    private const double LargestSafe = 9_007_199_254_740_991;

    private readonly IBufferWriter<byte> _output = output;

    /// <summary>Writes nil.</summary>
    public void WriteNil() => WriteCode(MessagePackCodes.Nil);

    /// <summary>Writes true or false.</summary>
    /// <param name="value">The value.</param>
    public void Write(bool value) => WriteCode(value ? MessagePackCodes.True : MessagePackCodes.False);

    /// <summary>Writes a whole number.</summary>
    /// <param name="value">The number.</param>
    public void Write(long value)
    {
        switch (value)
        {
            case >= 0:
                Write((ulong)value);
                break;
            case >= -32:
                WriteCode((byte)value);
                break;
            case >= sbyte.MinValue:
                WriteFixed(MessagePackCodes.Int8, (byte)value, 1);
                break;
            case >= short.MinValue:
                WriteFixed(MessagePackCodes.Int16, (ushort)value, 2);
                break;
            case >= int.MinValue:
                WriteFixed(MessagePackCodes.Int32, (uint)value, 4);
                break;
            default:
                WriteFixed(MessagePackCodes.Int64, (ulong)value, 8);
                break;
        }
    }

    /// <summary>Writes a whole number from 0.</summary>
    /// <param name="value">The number.</param>
    public void Write(ulong value)
    {
        switch (value)
        {
            case < MessagePackCodes.FixMap:
                WriteCode((byte)value);
                break;
            case <= byte.MaxValue:
                WriteFixed(MessagePackCodes.UInt8, value, 1);
                break;
            case <= ushort.MaxValue:
                WriteFixed(MessagePackCodes.UInt16, value, 2);
                break;
            case <= uint.MaxValue:
                WriteFixed(MessagePackCodes.UInt32, value, 4);
                break;
            default:
                WriteFixed(MessagePackCodes.UInt64, value, 8);
                break;
        }
    }

    /// <summary>Writes a number, as an integer where it is one.</summary>
    /// <param name="value">The number; minus zero loses its sign.</param>
    public void Write(double value)
    {
        if (Math.Abs(value) <= LargestSafe && Math.Floor(value) == value)
        {
            Write((long)value);
        }
        else
        {
            WriteFixed(MessagePackCodes.Float64, BitConverter.DoubleToUInt64Bits(value), 8);
        }
    }

    /// <summary>Writes a text.</summary>
    /// <param name="utf8">UTF-8.</param>
    public void WriteText(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < 32)
        {
            WriteCode((byte)(MessagePackCodes.FixText | utf8.Length));
        }
        else
        {
            WriteLength(MessagePackCodes.Text8, (uint)utf8.Length, canBeByte: true);
        }

        _output.Write(utf8);
    }

    /// <summary>Writes bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public void WriteBinary(ReadOnlySpan<byte> bytes)
    {
        WriteBinaryHeader(bytes.Length);
        _output.Write(bytes);
    }

    /// <summary>Writes the head of a binary; its bytes follow.</summary>
    /// <param name="length">How many follow.</param>
    public void WriteBinaryHeader(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        WriteLength(MessagePackCodes.Binary8, (uint)length, canBeByte: true);
    }

    /// <summary>Writes the head of an array; its elements follow.</summary>
    /// <param name="count">How many follow.</param>
    public void WriteArrayHeader(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count < 16)
        {
            WriteCode((byte)(MessagePackCodes.FixArray | count));
        }
        else
        {
            WriteLength(MessagePackCodes.Array16, (uint)count, canBeByte: false);
        }
    }

    /// <summary>Writes the head of a map; its pairs follow.</summary>
    /// <param name="count">How many pairs follow.</param>
    public void WriteMapHeader(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count < 16)
        {
            WriteCode((byte)(MessagePackCodes.FixMap | count));
        }
        else
        {
            WriteLength(MessagePackCodes.Map16, (uint)count, canBeByte: false);
        }
    }

    /// <summary>Writes an extension.</summary>
    /// <param name="type">Its type; the specification keeps the negative ones for itself.</param>
    /// <param name="data">Its bytes.</param>
    public void WriteExtension(sbyte type, ReadOnlySpan<byte> data)
    {
        if (data.Length is 1 or 2 or 4 or 8 or 16)
        {
            WriteCode((byte)(MessagePackCodes.FixExtension1 + System.Numerics.BitOperations.Log2((uint)data.Length)));
        }
        else
        {
            WriteLength(MessagePackCodes.Extension8, (uint)data.Length, canBeByte: true);
        }

        WriteCode((byte)type);
        _output.Write(data);
    }

    /// <summary>Writes a timestamp in the shortest of its three sizes.</summary>
    /// <param name="seconds">Whole seconds since 1970-01-01T00:00:00Z, negative before.</param>
    /// <param name="nanoseconds">Nanoseconds to add, 0 to 999,999,999.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are a second or more of nanoseconds.</exception>
    public void WriteTimestamp(long seconds, uint nanoseconds)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nanoseconds, 999_999_999u);
        Span<byte> data = stackalloc byte[12];
        if ((ulong)seconds >> 34 != 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(data, nanoseconds);
            BinaryPrimitives.WriteInt64BigEndian(data[4..], seconds);
        }
        else if (nanoseconds != 0 || seconds > uint.MaxValue)
        {
            BinaryPrimitives.WriteUInt64BigEndian(data, ((ulong)nanoseconds << 34) | (ulong)seconds);
            data = data[..8];
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(data, (uint)seconds);
            data = data[..4];
        }

        WriteExtension(MessagePackCodes.TimestampType, data);
    }

    // The three widths of a length have codes one after the other; arrays and maps have no byte-sized one.
    private void WriteLength(byte first, uint length, bool canBeByte)
    {
        if (canBeByte && length <= byte.MaxValue)
        {
            WriteFixed(first, length, 1);
            return;
        }

        byte code = canBeByte ? (byte)(first + 1) : first;
        if (length <= ushort.MaxValue)
        {
            WriteFixed(code, length, 2);
        }
        else
        {
            WriteFixed((byte)(code + 1), length, 4);
        }
    }

    private void WriteCode(byte code)
    {
        _output.GetSpan(1)[0] = code;
        _output.Advance(1);
    }

    private void WriteFixed(byte code, ulong bits, int size)
    {
        Span<byte> target = _output.GetSpan(9);
        target[0] = code;
        BinaryPrimitives.WriteUInt64BigEndian(target[1..], bits << (64 - (size * 8)));
        _output.Advance(1 + size);
    }
}
