using System.Buffers;
using StreamSense.Core.Delivery;
using StreamSense.Core.Events;

namespace StreamSense.Sinks.Files;

/// <summary>Reads back the committed content of the files that <see cref="NdjsonFileSink"/> wrote into a directory.</summary>
/// <remarks>
/// Changes nothing and needs no lock: what a crash has left behind the last commit is not read, and a sink may be writing meanwhile. Files
/// without a sidecar are somebody else's and are not read. Damage is counted, never an obstacle: what is left of a file is read. One
/// call of
/// <see cref="Replay"/> at a time.
/// </remarks>
public sealed class NdjsonFileSource : IReplaySource
{
    private const int ChunkBytes = 256 * 1024;

    private readonly string? _directory;
    private readonly Func<IFileVolume> _volume;

    /// <summary>Prepares to read a directory; one that does not exist holds nothing.</summary>
    /// <param name="directory">The directory.</param>
    public NdjsonFileSource(string directory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        _directory = directory;
        _volume = () => new DiskVolume(directory);
    }

    internal NdjsonFileSource(IFileVolume volume) => _volume = () => volume;

    /// <inheritdoc/>
    public string Name => "files";

    /// <inheritdoc/>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public ReplaySummary Replay(ReplayFeed feed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(feed);
        if (_directory is not null && !Directory.Exists(_directory))
        {
            return default;
        }

        IFileVolume volume = _volume();
        List<EventFileName> files = EventDirectory.List(volume, out int foreign);
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        var total = new ReplaySummary();
        try
        {
            foreach (EventFileName name in files)
            {
                total = Add(total, ReplayFile(volume, name, feed, chunk, cancellationToken));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        return total with { ForeignPieces = foreign };
    }

    private static ReplaySummary Add(ReplaySummary sum, ReplaySummary one) => new(
        sum.Pieces + one.Pieces,
        sum.Bytes + one.Bytes,
        sum.DamagedPieces + one.DamagedPieces,
        sum.MissingBytes + one.MissingBytes,
        sum.ForeignPieces);

    private static ReplaySummary ReplayFile(
        IFileVolume volume,
        EventFileName name,
        ReplayFeed feed,
        byte[] chunk,
        CancellationToken cancellationToken)
    {
        IVolumeFile? data = null;
        try
        {
            data = volume.Open(name.Text, forWriting: false);
            FileExamination found;
            using (IVolumeFile sidecar = volume.Open(name.Sidecar, forWriting: false))
            {
                found = FileExamination.Of(data, sidecar);
            }

            uint checksum = Feed(data, found.End.Length, feed, chunk, cancellationToken);
            bool damaged = found.IsDamaged || checksum != found.End.Checksum;
            return new ReplaySummary(1, found.End.Length, damaged ? 1 : 0, found.MissingBytes, 0);
        }
        catch (FileNotFoundException)
        {
            // A sink that stays within its bounds has just deleted it.
            return default;
        }
        finally
        {
            data?.Dispose();
        }
    }

    private static uint Feed(IVolumeFile data, long end, ReplayFeed feed, byte[] chunk, CancellationToken cancellationToken)
    {
        uint checksum = Crc32C.Empty;
        byte last = (byte)'\n';
        for (long offset = 0; offset < end;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = data.Read(chunk.AsSpan(0, (int)Math.Min(chunk.Length, end - offset)), offset);
            if (read == 0)
            {
                break;
            }

            checksum = Crc32C.Append(checksum, chunk.AsSpan(0, read));
            last = chunk[read - 1];
            feed(chunk.AsSpan(0, read));
            offset += read;
        }

        if (last != (byte)'\n')
        {
            // Only a damaged file ends so; its last line must not swallow the first one of the next file.
            feed("\n"u8);
        }

        return checksum;
    }
}
