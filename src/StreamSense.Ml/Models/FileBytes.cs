using System.Security.Cryptography;

namespace StreamSense.Ml.Models;

/// <summary>Reads the bytes of a model file: no more memory than has really come in, and nothing without its checksum.</summary>
internal sealed class FileBytes(Stream stream, string source)
{
    private const int FirstChunk = 1 << 20;

    /// <summary>Reads the head and refuses a file that is longer than is allowed.</summary>
    /// <param name="maxBytes">How long the file may be.</param>
    /// <param name="checksum">The checksum of the head, with which the file must end.</param>
    public FileHeader ReadHead(long maxBytes, out byte[] checksum)
    {
        byte[] start = Read(FileHeader.FixedBytes, 0, "the head");
        int headBytes = FileHeader.ReadLength(start, source);
        byte[] head = [.. start, .. Read(headBytes - start.Length, start.Length, "the head")];
        FileHeader header = FileHeader.Read(head, source);
        if (header.TotalBytes > maxBytes)
        {
            throw new ModelFormatException($"{source} has {header.TotalBytes} bytes; {maxBytes} are allowed.");
        }

        if (stream.CanSeek && stream.Length - stream.Position != header.TotalBytes - headBytes)
        {
            throw new ModelFormatException(
                $"{source} has {stream.Length} bytes and says {header.TotalBytes}: it was cut off, or something was added.");
        }

        checksum = SHA256.HashData(head);
        return header;
    }

    /// <summary>Reads a section and compares its checksum.</summary>
    public byte[] ReadSection(FileHeader.Entry section)
    {
        byte[] bytes = Read(section.Length, section.Offset, $"the section '{section.Name}'");
        Span<byte> checksum = stackalloc byte[FileHeader.ChecksumBytes];
        SHA256.HashData(bytes, checksum);
        if (!checksum.SequenceEqual(section.Checksum.AsSpan()))
        {
            throw new ModelFormatException(
                $"{source}, bytes {section.Offset} to {section.Offset + section.Length - 1}: "
                + $"the section '{section.Name}' is damaged, its checksum is another.");
        }

        return bytes;
    }

    /// <summary>Reads the end of the file and compares the checksum of the head.</summary>
    public void ReadEnd(FileHeader header, byte[] checksum)
    {
        long offset = header.TotalBytes - FileHeader.ChecksumBytes;
        if (!Read(FileHeader.ChecksumBytes, offset, "the checksum").AsSpan().SequenceEqual(checksum))
        {
            throw new ModelFormatException($"{source} is damaged: the checksum at byte {offset} is not that of the head.");
        }
    }

    // A length is only believed as far as bytes come: memory grows with them, not with what the file says.
    private byte[] Read(int length, long offset, string what)
    {
        var bytes = new byte[stream.CanSeek ? length : Math.Min(length, FirstChunk)];
        int read = 0;
        while (read < length)
        {
            if (read == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(length, 2L * bytes.Length));
            }

            int count = stream.Read(bytes, read, bytes.Length - read);
            if (count == 0)
            {
                throw new ModelFormatException($"{source} ends at byte {offset + read}, within {what}: it was cut off.");
            }

            read += count;
        }

        return bytes;
    }
}
