using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace StreamSense.Ml.Models;

/// <summary>The head of a model file: which format it is, and where each section lies, with its checksum.</summary>
/// <remarks>
/// <code>
/// 0   8  magic: 89 53 53 4D 46 0D 0A 1A (the first byte and the line ends show a transfer as text, as in PNG)
/// 8   2  version of the format
/// 10  2  number of sections n
/// 12  4  bytes of the head
/// 16  8  bytes of the whole file
/// 24     n times: 1 byte length of the name, the name in ASCII, 8 bytes length of the section, 32 bytes its SHA-256
///        the sections, one after the other
///    32  SHA-256 of the head
/// </code>
/// Numbers are little-endian. The checksum at the end covers the head and with it the checksums of all sections, so that every byte is
/// covered, and the card can be read and checked without the rest.
/// </remarks>
/// <param name="Sections">The sections, in the order of the file.</param>
/// <param name="HeadBytes">The length of the head.</param>
/// <param name="TotalBytes">The length of the file.</param>
internal sealed record FileHeader(ImmutableArray<FileHeader.Entry> Sections, int HeadBytes, long TotalBytes)
{
    public const ushort Version = 1;
    public const int MostSections = 64;
    public const int LongestName = 40;
    public const int ChecksumBytes = SHA256.HashSizeInBytes;
    public const int FixedBytes = 24;
    public const int MostBytes = FixedBytes + (MostSections * (1 + LongestName + sizeof(long) + ChecksumBytes));

    private const int EntryBytes = 1 + sizeof(long) + ChecksumBytes;

    /// <summary>How a model file begins.</summary>
    public static ReadOnlySpan<byte> Magic => [0x89, 0x53, 0x53, 0x4D, 0x46, 0x0D, 0x0A, 0x1A];

    /// <summary>Makes the head of a file.</summary>
    /// <param name="sections">Names and content of the sections.</param>
    /// <returns>Its bytes.</returns>
    public static byte[] Write(IReadOnlyList<(string Name, ReadOnlyMemory<byte> Bytes)> sections)
    {
        int headBytes = FixedBytes + sections.Sum(section => EntryBytes + section.Name.Length);
        var head = new byte[headBytes];
        Magic.CopyTo(head);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(10), (ushort)sections.Count);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(12), headBytes);
        BinaryPrimitives.WriteInt64LittleEndian(
            head.AsSpan(16), headBytes + sections.Sum(section => (long)section.Bytes.Length) + ChecksumBytes);
        Span<byte> rest = head.AsSpan(FixedBytes);
        foreach ((string name, ReadOnlyMemory<byte> bytes) in sections)
        {
            rest[0] = (byte)Encoding.ASCII.GetBytes(name, rest[1..]);
            rest = rest[(1 + name.Length)..];
            BinaryPrimitives.WriteInt64LittleEndian(rest, bytes.Length);
            SHA256.HashData(bytes.Span, rest.Slice(sizeof(long), ChecksumBytes));
            rest = rest[(sizeof(long) + ChecksumBytes)..];
        }

        return head;
    }

    /// <summary>Reads how long the head is, before the rest of it is read.</summary>
    /// <param name="start">The first <see cref="FixedBytes"/> bytes.</param>
    /// <param name="source">What the file is called.</param>
    /// <returns>The length of the head.</returns>
    /// <exception cref="ModelFormatException">It is no model file, or one of a newer version.</exception>
    public static int ReadLength(ReadOnlySpan<byte> start, string source)
    {
        if (!start.StartsWith(Magic))
        {
            throw new ModelFormatException($"{source} is not a model file: it begins with other bytes.");
        }

        ushort version = BinaryPrimitives.ReadUInt16LittleEndian(start[8..]);
        if (version != Version)
        {
            throw new ModelFormatException(
                version > Version
                    ? $"{source} was made by a newer version: its format is {version}, this one reads up to {Version}."
                    : $"{source}, byte 8: there is no format {version}.");
        }

        int headBytes = BinaryPrimitives.ReadInt32LittleEndian(start[12..]);
        return headBytes is >= FixedBytes and <= MostBytes
            ? headBytes
            : throw new ModelFormatException($"{source}, byte 12: a head of {headBytes} bytes cannot be.");
    }

    /// <summary>Reads the head.</summary>
    /// <param name="head">All bytes of it.</param>
    /// <param name="source">What the file is called.</param>
    /// <returns>The head; the lengths of its sections add up to that of the file.</returns>
    /// <exception cref="ModelFormatException">It cannot be.</exception>
    public static FileHeader Read(ReadOnlySpan<byte> head, string source)
    {
        int count = BinaryPrimitives.ReadUInt16LittleEndian(head[10..]);
        long total = BinaryPrimitives.ReadInt64LittleEndian(head[16..]);
        ImmutableArray<Entry>.Builder sections = ImmutableArray.CreateBuilder<Entry>(Math.Min(count, MostSections));
        int at = FixedBytes;
        long offset = head.Length;
        for (int i = 0; i < count; i++)
        {
            int nameBytes = at < head.Length ? head[at] : 0;
            if (nameBytes is 0 or > LongestName || head.Length - at < EntryBytes + nameBytes)
            {
                throw new ModelFormatException($"{source}, byte {at}: the list of sections is damaged.");
            }

            string name = Encoding.ASCII.GetString(head.Slice(at + 1, nameBytes));
            at += 1 + nameBytes;
            long length = BinaryPrimitives.ReadInt64LittleEndian(head[at..]);
            if (length < 0 || length > Array.MaxLength || length > total - ChecksumBytes - offset)
            {
                throw new ModelFormatException($"{source}, byte {at}: a section of {length} bytes cannot be in a file of {total}.");
            }

            sections.Add(new Entry(name, offset, (int)length, [.. head.Slice(at + sizeof(long), ChecksumBytes)]));
            at += sizeof(long) + ChecksumBytes;
            offset += length;
        }

        return at == head.Length && offset + ChecksumBytes == total
            ? new FileHeader(sections.ToImmutable(), head.Length, total)
            : throw new ModelFormatException($"{source}, byte 16: the lengths of the sections do not add up to that of the file.");
    }

    /// <summary>Where a section lies.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Offset">Where it begins.</param>
    /// <param name="Length">How long it is.</param>
    /// <param name="Checksum">Its SHA-256.</param>
    internal sealed record Entry(string Name, long Offset, int Length, ImmutableArray<byte> Checksum);
}
