using StreamSense.Core.Events;

namespace StreamSense.Sinks.Files;

/// <summary>Finds out how much of a data file holds whole batches.</summary>
/// <param name="End">The place up to which it is to be read, and to be cut back to.</param>
/// <param name="Record">What the sidecar says; null if neither of its copies is whole.</param>
/// <param name="FileLength">How long the file is.</param>
/// <param name="IsDamaged">Whether committed content, or the sidecar, is not what was written.</param>
internal readonly record struct FileExamination(CommitPoint End, CommitRecord? Record, long FileLength, bool IsDamaged)
{
    private const int ChunkBytes = 256 * 1024;

    /// <summary>Committed bytes that are gone.</summary>
    public long MissingBytes => Math.Max(0, (Record?.Last.Length ?? 0) - End.Length);

    /// <summary>Looks at a file without changing it.</summary>
    /// <remarks>A sealed file of the right length is believed; others are read to their last commit.</remarks>
    public static FileExamination Of(IVolumeFile data, IVolumeFile sidecar)
    {
        long length = data.Length;
        Span<byte> bytes = stackalloc byte[CommitRecord.SidecarBytes];
        int read = ReadFully(sidecar, bytes);
        if (!CommitRecord.TryRead(bytes[..read], out CommitRecord record))
        {
            return new FileExamination(WholeLines(data, length), null, length, IsDamaged: true);
        }

        CommitPoint last = record.Last;
        if (record.IsSealed && length == last.Length)
        {
            return new FileExamination(last, record, length, IsDamaged: false);
        }

        var sums = new Checksums(data, Math.Min(length, last.Length), record.Previous.Length);
        if (length >= last.Length && sums.AtEnd == last.Checksum)
        {
            return new FileExamination(last, record, length, IsDamaged: false);
        }

        if (length >= record.Previous.Length && sums.AtMark == record.Previous.Checksum)
        {
            return new FileExamination(record.Previous, record, length, IsDamaged: true);
        }

        // What is left is not as it was written; a line that suffered is refused by its reader, the others are good.
        CommitPoint end = length >= last.Length ? last with { Checksum = sums.AtEnd } : WholeLines(data, length);
        return new FileExamination(end, record, length, IsDamaged: true);
    }

    private static byte[] ChunkFor(long length) => new byte[(int)Math.Min(ChunkBytes, length)];

    private static int ReadFully(IVolumeFile file, Span<byte> destination)
    {
        int total = 0;
        int read;
        do
        {
            read = file.Read(destination[total..], total);
            total += read;
        }
        while (read > 0 && total < destination.Length);
        return total;
    }

    private static CommitPoint WholeLines(IVolumeFile data, long length)
    {
        byte[] chunk = ChunkFor(length);
        uint checksum = Crc32C.Empty;
        var end = new CommitPoint(0, 0, Crc32C.Empty);
        long lines = 0;
        for (long offset = 0; offset < length;)
        {
            int read = data.Read(chunk.AsSpan(0, (int)Math.Min(chunk.Length, length - offset)), offset);
            if (read == 0)
            {
                break;
            }

            ReadOnlySpan<byte> bytes = chunk.AsSpan(0, read);
            int lastEnd = bytes.LastIndexOf((byte)'\n') + 1;
            if (lastEnd > 0)
            {
                lines += bytes.Count((byte)'\n');
                end = new CommitPoint(offset + lastEnd, lines, Crc32C.Append(checksum, bytes[..lastEnd]));
            }

            checksum = Crc32C.Append(checksum, bytes);
            offset += read;
        }

        return end;
    }

    private readonly struct Checksums
    {
        public Checksums(IVolumeFile data, long end, long mark)
        {
            byte[] chunk = ChunkFor(end);
            for (long offset = 0; offset < end;)
            {
                long stop = offset < mark ? Math.Min(mark, end) : end;
                int read = data.Read(chunk.AsSpan(0, (int)Math.Min(chunk.Length, stop - offset)), offset);
                if (read == 0)
                {
                    break;
                }

                AtEnd = Crc32C.Append(AtEnd, chunk.AsSpan(0, read));
                offset += read;
                if (offset <= mark)
                {
                    AtMark = AtEnd;
                }
            }
        }

        public uint AtMark { get; }

        public uint AtEnd { get; }
    }
}
