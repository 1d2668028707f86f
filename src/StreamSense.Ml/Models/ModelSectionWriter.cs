using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Models;

/// <summary>Writes one section of a model file: numbers in little-endian order, one after the other.</summary>
/// <remarks>The same calls give the same bytes on every machine. One thread at a time. A section has at most 2 GiB.</remarks>
public sealed class ModelSectionWriter
{
    private const int FirstCapacity = 256;

    private byte[] _bytes = new byte[FirstCapacity];

    /// <summary>How many bytes have been written.</summary>
    public int Length { get; private set; }

    /// <summary>What has been written.</summary>
    internal ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Makes room at once for what is known to come.</summary>
    /// <param name="bytes">How many bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The section would have more than 2 GiB.</exception>
    public void Reserve(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Array.MaxLength - Length);
        if (bytes > _bytes.Length - Length)
        {
            Array.Resize(ref _bytes, Length + (int)bytes);
        }
    }

    /// <summary>Writes a byte.</summary>
    /// <param name="value">The byte.</param>
    public void WriteByte(byte value) => Next(sizeof(byte))[0] = value;

    /// <summary>Writes a truth value, as a byte that is 0 or 1.</summary>
    /// <param name="value">The value.</param>
    public void WriteBoolean(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    /// <summary>Writes a whole number of 32 bits.</summary>
    /// <param name="value">The number.</param>
    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Next(sizeof(int)), value);

    /// <summary>Writes a whole number of 64 bits.</summary>
    /// <param name="value">The number.</param>
    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Next(sizeof(long)), value);

    /// <summary>Writes a whole number of 64 bits without a sign.</summary>
    /// <param name="value">The number.</param>
    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Next(sizeof(ulong)), value);

    /// <summary>Writes a number of 32 bits, bit for bit.</summary>
    /// <param name="value">The number.</param>
    public void WriteSingle(float value) => BinaryPrimitives.WriteSingleLittleEndian(Next(sizeof(float)), value);

    /// <summary>Writes a number of 64 bits, bit for bit.</summary>
    /// <param name="value">The number.</param>
    public void WriteDouble(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Next(sizeof(double)), value);

    /// <summary>Writes a text: its length in bytes, then UTF-8.</summary>
    /// <param name="value">The text.</param>
    public void WriteText(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int bytes = Encoding.UTF8.GetByteCount(value);
        WriteInt32(bytes);
        Encoding.UTF8.GetBytes(value, Next(bytes));
    }

    /// <summary>Writes numbers of 32 bits without their count.</summary>
    /// <param name="values">The numbers.</param>
    public void WriteSingles(ReadOnlySpan<float> values) => WriteWords(MemoryMarshal.Cast<float, int>(values));

    /// <summary>Writes numbers of 64 bits without their count.</summary>
    /// <param name="values">The numbers.</param>
    public void WriteDoubles(ReadOnlySpan<double> values) => WriteLongs(MemoryMarshal.Cast<double, long>(values));

    /// <summary>Writes whole numbers of 32 bits without their count.</summary>
    /// <param name="values">The numbers.</param>
    public void WriteInt32s(ReadOnlySpan<int> values) => WriteWords(values);

    /// <summary>Writes whole numbers of 64 bits without their count.</summary>
    /// <param name="values">The numbers.</param>
    public void WriteUInt64s(ReadOnlySpan<ulong> values) => WriteLongs(MemoryMarshal.Cast<ulong, long>(values));

    /// <summary>Writes titles without their count.</summary>
    /// <param name="titles">The titles.</param>
    public void WriteTitles(ReadOnlySpan<TitleId> titles) => WriteLongs(MemoryMarshal.Cast<TitleId, long>(titles));

    private void WriteWords(ReadOnlySpan<int> values)
    {
        Span<byte> room = Next((long)values.Length * sizeof(int));
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(values).CopyTo(room);
        }
        else
        {
            BinaryPrimitives.ReverseEndianness(values, MemoryMarshal.Cast<byte, int>(room));
        }
    }

    private void WriteLongs(ReadOnlySpan<long> values)
    {
        Span<byte> room = Next((long)values.Length * sizeof(long));
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(values).CopyTo(room);
        }
        else
        {
            BinaryPrimitives.ReverseEndianness(values, MemoryMarshal.Cast<byte, long>(room));
        }
    }

    private Span<byte> Next(long bytes)
    {
        if (bytes > _bytes.Length - Length)
        {
            Reserve(Math.Max(bytes, Math.Min(_bytes.Length, Array.MaxLength - Length)));
        }

        Length += (int)bytes;
        return _bytes.AsSpan(Length - (int)bytes, (int)bytes);
    }
}
