using System.Buffers.Binary;

namespace StreamSense.Core.Sketches;

/// <summary>Reads the bytes of a sketch and trusts none of them.</summary>
internal ref struct SketchReader
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Begins to read a sketch.</summary>
    /// <exception cref="InvalidDataException">The bytes are of something else, or of a later version.</exception>
    public SketchReader(ReadOnlySpan<byte> bytes, SketchFormat format, byte latestVersion)
    {
        if (bytes.Length < sizeof(uint) || BinaryPrimitives.ReadUInt16LittleEndian(bytes) != SketchWriter.Mark || bytes[2] != (byte)format)
        {
            throw new InvalidDataException($"The bytes are not those of a {format} sketch.");
        }

        if (bytes[3] == 0 || bytes[3] > latestVersion)
        {
            throw new InvalidDataException($"The {format} sketch is of version {bytes[3]}; this release reads up to {latestVersion}.");
        }

        _rest = bytes[sizeof(uint)..];
    }

    /// <summary>How many bytes are left.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>Reads a byte.</summary>
    public byte Byte() => Bytes(1)[0];

    /// <summary>Reads 64 bits.</summary>
    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(sizeof(ulong)));

    /// <summary>Reads 64 bits.</summary>
    public long Int64() => (long)UInt64();

    /// <summary>Reads 64 bits that must not be negative.</summary>
    public long Amount()
    {
        long value = Int64();
        Require(value >= 0);
        return value;
    }

    /// <summary>Reads 128 bits.</summary>
    public Int128 Int128() => BinaryPrimitives.ReadInt128LittleEndian(Bytes(2 * sizeof(ulong)));

    /// <summary>Reads a number of variable length.</summary>
    public ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = Byte();
            ulong bits = next & 0x7Fu;

            // Neither beyond 64 bits, nor longer than need be: each number has one form only.
            Require(shift < 63 || bits <= 1);
            Require(next != 0 || shift == 0);
            value |= bits << shift;
            if (next < 0x80)
            {
                return value;
            }

            Require(shift < 63);
        }
    }

    /// <summary>Reads a number of variable length that says how many things follow, each of at least some bytes.</summary>
    /// <remarks>Room taken for that many things is never more than a fixed multiple of the bytes that are there.</remarks>
    public int CountOf(int leastBytesEach)
    {
        ulong count = Varint();
        Require(count <= (ulong)(_rest.Length / leastBytesEach));
        return (int)count;
    }

    /// <summary>Reads bytes.</summary>
    public ReadOnlySpan<byte> Bytes(int length)
    {
        if (_rest.Length < length)
        {
            throw new InvalidDataException("The sketch is cut short.");
        }

        ReadOnlySpan<byte> bytes = _rest[..length];
        _rest = _rest[length..];
        return bytes;
    }

    /// <summary>Ends reading: nothing may be left.</summary>
    public readonly void End() => Require(_rest.IsEmpty);

    /// <summary>Refuses bytes that no sketch wrote.</summary>
    public static void Require(bool isTrue)
    {
        if (!isTrue)
        {
            throw new InvalidDataException("The sketch is damaged.");
        }
    }
}
