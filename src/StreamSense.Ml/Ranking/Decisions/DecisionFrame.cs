using System.Buffers.Binary;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Ranking.Decisions;

/// <summary>How records lie in a file of a decision log: a head of 16 bytes, then the content.</summary>
/// <remarks>
/// Mark (u32, finds the next record after damage), format version (u8), kind (u8), nothing (u16), length of the content (i32), CRC-32C of
/// version, kind, length and content (u32). Little-endian.
/// </remarks>
internal static class DecisionFrame
{
    public const int HeadBytes = 16;
    public const byte Version = 1;

    /// <summary>The first four bytes of every record: <c>SSd1</c> with the high bits set, so that text and small numbers do not look like
    /// it.</summary>
    public const uint Mark = 0xB1E4_D3D3;

    private const int ChecksumAt = 12;
    private const int CheckedAt = 4;

    /// <summary>Writes the head of a record.</summary>
    /// <param name="kind">What the record is.</param>
    /// <param name="first">The first part of the content.</param>
    /// <param name="second">The rest of it.</param>
    /// <param name="head">Room for the head.</param>
    public static void WriteHead(DecisionFrameKind kind, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> head)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(head, Mark);
        head[4] = Version;
        head[5] = (byte)kind;
        head[6] = head[7] = 0;
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], first.Length + second.Length);
        uint checksum = Crc32C.Append(Crc32C.Empty, head[CheckedAt..ChecksumAt]);
        checksum = Crc32C.Append(Crc32C.Append(checksum, first), second);
        BinaryPrimitives.WriteUInt32LittleEndian(head[ChecksumAt..], checksum);
    }

    /// <summary>The length of the content that a head announces, or -1 if it is no head.</summary>
    public static int LengthOf(ReadOnlySpan<byte> head, int maxContent)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(head[8..]);
        return BinaryPrimitives.ReadUInt32LittleEndian(head) == Mark && length >= 0 && length <= maxContent ? length : -1;
    }

    /// <summary>Whether a head and its content are what was written.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> head, ReadOnlySpan<byte> content)
    {
        uint checksum = Crc32C.Append(Crc32C.Empty, head[CheckedAt..ChecksumAt]);
        return Crc32C.Append(checksum, content) == BinaryPrimitives.ReadUInt32LittleEndian(head[ChecksumAt..HeadBytes]);
    }
}
