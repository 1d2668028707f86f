using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Reads a record about a request: one that came with it, or a report of its response (<c>e=rr</c>).</summary>
internal static class CmcdResponses
{
    private const byte StartupMark = 16;
    private const byte StarvedMark = 32;

    public static void Add(ref CmcdRecord record, CmcdBatch batch) =>
        batch.Add(EventKind.MediaRequest).PayloadAs<MediaRequestPayload>() = Read(ref record);

    /// <summary>What a record says of the request that it came with, or of a response.</summary>
    public static MediaRequestPayload Read(ref CmcdRecord record)
    {
        int status = Read(ref record, CmcdKey.Rc, 999);
        byte marks = record.ReadTruth(CmcdKey.Su) ? StartupMark : (byte)0;
        marks |= record.ReadTruth(CmcdKey.Bs) ? StarvedMark : (byte)0;
        return new MediaRequestPayload
        {
            Bytes = Absent.Time,
            TtfbMilliseconds = Read(ref record, CmcdKey.Ttfb, int.MaxValue),
            TtlbMilliseconds = Read(ref record, CmcdKey.Ttlb, int.MaxValue),
            DurationMilliseconds = Read(ref record, CmcdKey.D, int.MaxValue),
            BitrateKbps = Read(ref record, CmcdKey.Br, int.MaxValue),
            BufferMilliseconds = ReadLeast(ref record, CmcdKey.Bl),
            ThroughputKbps = Read(ref record, CmcdKey.Mtp, int.MaxValue),
            Weight = 1,
            Status = (short)Math.Max(0, status),
            ObjectType = ObjectTypes.LetterOf(record.ReadText(CmcdKey.Ot, RecordLimits.Dimension)),
            CacheAndMarks = marks,
        };
    }

    private static int ReadLeast(ref CmcdRecord record, CmcdKey key) =>
        record.TryReadWhole(key, out long number) && number <= int.MaxValue
            ? (int)number
            : CmcdBitrates.LeastOf(record[key], int.MaxValue);

    private static int Read(ref CmcdRecord record, CmcdKey key, int most) =>
        record.TryReadNumber(key, most, out long number) ? (int)number : Absent.Number;
}
