using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Models;

/// <summary>Reads one section of a model file.</summary>
/// <remarks>
/// A count is compared with what is left of the section before anything is allocated by it, so that a hostile file costs no more memory
/// than a small multiple of its size. One thread at a time.
/// </remarks>
public sealed class ModelSectionReader
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _place;
    private readonly ReadOnlyMemory<byte> _bytes;
    private int _position;

    internal ModelSectionReader(string place, ReadOnlyMemory<byte> bytes)
    {
        _place = place;
        _bytes = bytes;
    }

    /// <summary>How many bytes are left.</summary>
    public int Remaining => _bytes.Length - _position;

    /// <summary>Reads a byte.</summary>
    /// <returns>The byte.</returns>
    /// <exception cref="ModelFormatException">The section ends before.</exception>
    public byte ReadByte() => Next(1, sizeof(byte))[0];

    /// <summary>Reads a truth value.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="ModelFormatException">The section ends before, or it is neither 0 nor 1.</exception>
    public bool ReadBoolean() => ReadByte() switch
    {
        0 => false,
        1 => true,
        byte other => throw Damaged($"{other} is neither true nor false"),
    };

    /// <summary>Reads a whole number of 32 bits.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="ModelFormatException">The section ends before.</exception>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Next(1, sizeof(int)));

    /// <summary>Reads a whole number of 64 bits.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="ModelFormatException">The section ends before.</exception>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Next(1, sizeof(long)));

    /// <summary>Reads a whole number of 64 bits without a sign.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="ModelFormatException">The section ends before.</exception>
    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Next(1, sizeof(ulong)));

    /// <summary>Reads a number of 32 bits, bit for bit.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="ModelFormatException">The section ends before.</exception>
    public float ReadSingle() => BinaryPrimitives.ReadSingleLittleEndian(Next(1, sizeof(float)));

    /// <summary>Reads a number of 64 bits, bit for bit.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="ModelFormatException">The section ends before.</exception>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Next(1, sizeof(double)));

    /// <summary>Reads a count of things that come after it.</summary>
    /// <param name="leastBytes">How many bytes each takes at least.</param>
    /// <returns>The count, which the rest of the section has room for.</returns>
    /// <exception cref="ModelFormatException">It is negative, or more than there can be.</exception>
    public int ReadCount(int leastBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(leastBytes, 1);
        int count = ReadInt32();
        return count >= 0 && (long)count * leastBytes <= Remaining
            ? count
            : throw Damaged($"{count} things of {leastBytes} bytes do not fit into the {Remaining} bytes that are left");
    }

    /// <summary>Reads a text.</summary>
    /// <returns>The text.</returns>
    /// <exception cref="ModelFormatException">The section ends before, or it is not UTF-8.</exception>
    public string ReadText()
    {
        int length = ReadCount(sizeof(byte));
        try
        {
            return _strict.GetString(Next(length, sizeof(byte)));
        }
        catch (DecoderFallbackException exception)
        {
            throw Damaged("a text is not UTF-8", exception);
        }
    }

    /// <summary>Reads numbers of 32 bits.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The numbers.</returns>
    /// <exception cref="ModelFormatException">The section ends before.</exception>
    public float[] ReadSingles(int count)
    {
        ReadOnlySpan<byte> bytes = Next(count, sizeof(float));
        var values = new float[count];
        Copy(bytes, MemoryMarshal.Cast<float, int>(values.AsSpan()));
        return values;
    }

    /// <summary>Reads numbers of 64 bits.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The numbers.</returns>
    /// <exception cref="ModelFormatException">The section ends before.</exception>
    public double[] ReadDoubles(int count)
    {
        ReadOnlySpan<byte> bytes = Next(count, sizeof(double));
        var values = new double[count];
        Copy(bytes, MemoryMarshal.Cast<double, long>(values.AsSpan()));
        return values;
    }

    /// <summary>Reads whole numbers of 32 bits.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The numbers.</returns>
    /// <exception cref="ModelFormatException">The section ends before.</exception>
    public int[] ReadInt32s(int count)
    {
        ReadOnlySpan<byte> bytes = Next(count, sizeof(int));
        var values = new int[count];
        Copy(bytes, values.AsSpan());
        return values;
    }

    /// <summary>Reads whole numbers of 64 bits.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The numbers.</returns>
    /// <exception cref="ModelFormatException">The section ends before.</exception>
    public ulong[] ReadUInt64s(int count)
    {
        ReadOnlySpan<byte> bytes = Next(count, sizeof(ulong));
        var values = new ulong[count];
        Copy(bytes, MemoryMarshal.Cast<ulong, long>(values.AsSpan()));
        return values;
    }

    /// <summary>Reads titles.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The titles.</returns>
    /// <exception cref="ModelFormatException">The section ends before.</exception>
    public ImmutableArray<TitleId> ReadTitles(int count)
    {
        ReadOnlySpan<byte> bytes = Next(count, sizeof(ulong));
        var titles = new TitleId[count];
        Copy(bytes, MemoryMarshal.Cast<TitleId, long>(titles.AsSpan()));
        return ImmutableCollectionsMarshal.AsImmutableArray(titles);
    }

    /// <summary>Makes sure that nothing is left.</summary>
    /// <exception cref="ModelFormatException">Something is.</exception>
    public void End()
    {
        if (Remaining > 0)
        {
            throw Damaged($"{Remaining} bytes are left over");
        }
    }

    /// <summary>Says what is wrong at the place that was read last.</summary>
    /// <param name="what">What is wrong.</param>
    /// <param name="innerException">What was thrown, or null.</param>
    /// <returns>The exception, to be thrown.</returns>
    public ModelFormatException Damaged(string what, Exception? innerException = null) =>
        new($"{_place}, byte {_position}: {what}.", innerException);

    private static void Copy(ReadOnlySpan<byte> bytes, Span<int> values)
    {
        bytes.CopyTo(MemoryMarshal.AsBytes(values));
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(values, values);
        }
    }

    private static void Copy(ReadOnlySpan<byte> bytes, Span<long> values)
    {
        bytes.CopyTo(MemoryMarshal.AsBytes(values));
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(values, values);
        }
    }

    private ReadOnlySpan<byte> Next(int count, int size)
    {
        long bytes = (long)count * size;
        if (count < 0 || bytes > Remaining)
        {
            throw Damaged($"{bytes} bytes are needed and {Remaining} are left");
        }

        _position += (int)bytes;
        return _bytes.Span.Slice(_position - (int)bytes, (int)bytes);
    }
}
