using System.Buffers;
using System.Buffers.Binary;

namespace StreamSense.Core.Sketches;

/// <summary>Writes the bytes of a sketch: a mark, the format, its version, and little-endian fields.</summary>
internal readonly ref struct SketchWriter
{
    /// <summary>The two bytes that every sketch begins with: "SK".</summary>
    public const ushort Mark = 0x4B53;

    private const int MostVarintBytes = 10;

    private readonly IBufferWriter<byte> _output;

    /// <summary>Begins a sketch.</summary>
    public SketchWriter(IBufferWriter<byte> output, SketchFormat format, byte version)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
        Span<byte> span = output.GetSpan(sizeof(uint));
        BinaryPrimitives.WriteUInt16LittleEndian(span, Mark);
        span[2] = (byte)format;
        span[3] = version;
        output.Advance(sizeof(uint));
    }

    /// <summary>Writes a byte.</summary>
    public void Byte(byte value)
    {
        _output.GetSpan(1)[0] = value;
        _output.Advance(1);
    }

    /// <summary>Writes 64 bits.</summary>
    public void UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_output.GetSpan(sizeof(ulong)), value);
        _output.Advance(sizeof(ulong));
    }

    /// <summary>Writes 64 bits.</summary>
    public void Int64(long value) => UInt64((ulong)value);

    /// <summary>Writes 128 bits.</summary>
    public void Int128(Int128 value)
    {
        BinaryPrimitives.WriteInt128LittleEndian(_output.GetSpan(2 * sizeof(ulong)), value);
        _output.Advance(2 * sizeof(ulong));
    }

    /// <summary>Writes a number in as many groups of seven bits as it needs, the lowest first (LEB128).</summary>
    public void Varint(ulong value)
    {
        Span<byte> span = _output.GetSpan(MostVarintBytes);
        int length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[length++] = (byte)(value | 0x80);
        }

        span[length++] = (byte)value;
        _output.Advance(length);
    }

    /// <summary>Writes bytes.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes) => _output.Write(bytes);
}
