using System.Buffers.Binary;
using StreamSense.Core.Events;

namespace StreamSense.Sinks.Files;

/// <summary>What the sidecar of a data file says: how much of it is committed now, and was before the last batch.</summary>
/// <remarks>
/// The sidecar has 1,024 bytes and never changes its size. It holds the record twice, each in a disk sector of its own and with a
/// checksum of
/// its own, written by one call: a torn write or a damaged sector leaves one of them whole. Of two whole ones the later generation holds.
/// The commit before the last is there for data that did not reach the disk although its record did.
/// </remarks>
/// <param name="Generation">Grows with each record of the file.</param>
/// <param name="Last">The last commit.</param>
/// <param name="Previous">The commit before it.</param>
/// <param name="IsSealed">Whether nothing will be appended any more.</param>
internal readonly record struct CommitRecord(long Generation, CommitPoint Last, CommitPoint Previous, bool IsSealed)
{
    public const int SidecarBytes = 2 * SectorBytes;

    private const int SectorBytes = 512;
    private const int RecordBytes = 64;
    private const uint Magic = 0x31_43_53_53; // "SSC1"

    public static CommitRecord None => default;

    public CommitRecord Next(CommitPoint point) => new(Generation + 1, point, Last, IsSealed: false);

    public void WriteTo(Span<byte> sidecar)
    {
        sidecar.Clear();
        Span<byte> record = sidecar[..RecordBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(record, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], IsSealed ? 1u : 0u);
        BinaryPrimitives.WriteInt64LittleEndian(record[8..], Generation);
        BinaryPrimitives.WriteInt64LittleEndian(record[16..], Last.Length);
        BinaryPrimitives.WriteInt64LittleEndian(record[24..], Last.Events);
        BinaryPrimitives.WriteInt64LittleEndian(record[32..], Previous.Length);
        BinaryPrimitives.WriteInt64LittleEndian(record[40..], Previous.Events);
        BinaryPrimitives.WriteUInt32LittleEndian(record[48..], Last.Checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(record[52..], Previous.Checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(record[60..], Crc32C.Append(Crc32C.Empty, record[..60]));
        record.CopyTo(sidecar[SectorBytes..]);
    }

    /// <summary>The record of a sidecar.</summary>
    /// <param name="sidecar">The bytes of the sidecar, as many as there are.</param>
    /// <param name="record">The record.</param>
    /// <returns>False if neither copy is whole.</returns>
    public static bool TryRead(ReadOnlySpan<byte> sidecar, out CommitRecord record)
    {
        bool first = TryReadCopy(sidecar, out record);
        if (sidecar.Length > SectorBytes && TryReadCopy(sidecar[SectorBytes..], out CommitRecord second)
            && (!first || second.Generation > record.Generation))
        {
            record = second;
            return true;
        }

        return first;
    }

    private static bool TryReadCopy(ReadOnlySpan<byte> copy, out CommitRecord record)
    {
        record = None;
        if (copy.Length < RecordBytes
            || BinaryPrimitives.ReadUInt32LittleEndian(copy) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(copy[60..]) != Crc32C.Append(Crc32C.Empty, copy[..60]))
        {
            return false;
        }

        record = new CommitRecord(
            BinaryPrimitives.ReadInt64LittleEndian(copy[8..]),
            new CommitPoint(
                BinaryPrimitives.ReadInt64LittleEndian(copy[16..]),
                BinaryPrimitives.ReadInt64LittleEndian(copy[24..]),
                BinaryPrimitives.ReadUInt32LittleEndian(copy[48..])),
            new CommitPoint(
                BinaryPrimitives.ReadInt64LittleEndian(copy[32..]),
                BinaryPrimitives.ReadInt64LittleEndian(copy[40..]),
                BinaryPrimitives.ReadUInt32LittleEndian(copy[52..])),
            (BinaryPrimitives.ReadUInt32LittleEndian(copy[4..]) & 1) != 0);
        return true;
    }
}
