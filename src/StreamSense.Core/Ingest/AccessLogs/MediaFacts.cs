using System.Text.Unicode;
using StreamSense.Core.Ingest.Cmcd;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.AccessLogs;

/// <summary>What a log's line says of the media in a request: from fields of its own, else from CMCD in the query or the headers.</summary>
internal ref struct MediaFacts
{
    private const int Absent = -1;
    private const int LatestVersion = 2;

    public MediaFacts()
    {
    }

    public ReadOnlySpan<byte> Session { get; private set; }

    public ReadOnlySpan<byte> Content { get; private set; }

    public ReadOnlySpan<byte> ObjectType { get; private set; }

    public long DurationMilliseconds { get; private set; } = Absent;

    public long BitrateKbps { get; private set; } = Absent;

    public long BufferMilliseconds { get; private set; } = Absent;

    public long ThroughputKbps { get; private set; } = Absent;

    public bool IsStartup { get; private set; }

    public bool IsStarved { get; private set; }

    /// <summary>Reads a line.</summary>
    public static MediaFacts Read(LogValues values, CmcdScratch scratch)
    {
        var facts = new MediaFacts();
        facts.ReadFields(values);
        ReadOnlySpan<byte> text = TextOf(values);
        if (!text.IsEmpty && Utf8.IsValid(text) && CmcdRecord.TryScan(text, scratch, out CmcdRecord record)
            && !(record.TryReadNumber(CmcdKey.V, int.MaxValue, out long version) && version > LatestVersion))
        {
            facts.Complete(ref record);
        }

        return facts;
    }

    private void ReadFields(LogValues values)
    {
        Session = IdOf(values[LogField.SessionId]);
        Content = IdOf(values[LogField.ContentId]);
        ObjectType = values[LogField.ObjectType].Trim((byte)'"');
        DurationMilliseconds = NumberOf(values[LogField.ObjectDuration]);
        BitrateKbps = NumberOf(values[LogField.EncodedBitrate]);
        BufferMilliseconds = NumberOf(values[LogField.BufferLength]);
        ThroughputKbps = NumberOf(values[LogField.MeasuredThroughput]);
        IsStartup = TruthOf(values[LogField.Startup]);
        IsStarved = TruthOf(values[LogField.BufferStarvation]);
    }

    private void Complete(ref CmcdRecord record)
    {
        Session = Session.IsEmpty ? record.ReadText(CmcdKey.Sid, RecordLimits.Id) : Session;
        Content = Content.IsEmpty ? record.ReadText(CmcdKey.Cid, RecordLimits.Id) : Content;
        ObjectType = ObjectType.IsEmpty ? record.ReadText(CmcdKey.Ot, RecordLimits.Dimension) : ObjectType;
        DurationMilliseconds = DurationMilliseconds < 0 ? NumberOf(ref record, CmcdKey.D) : DurationMilliseconds;
        BitrateKbps = BitrateKbps < 0 ? NumberOf(ref record, CmcdKey.Br) : BitrateKbps;
        BufferMilliseconds = BufferMilliseconds < 0 && record.Has(CmcdKey.Bl)
            ? CmcdBitrates.LeastOf(record[CmcdKey.Bl], int.MaxValue)
            : BufferMilliseconds;
        ThroughputKbps = ThroughputKbps < 0 ? NumberOf(ref record, CmcdKey.Mtp) : ThroughputKbps;
        IsStartup |= record.ReadTruth(CmcdKey.Su);
        IsStarved |= record.ReadTruth(CmcdKey.Bs);
    }

    private static ReadOnlySpan<byte> TextOf(LogValues values)
    {
        ReadOnlySpan<byte> text = QueryOf(values);
        if (!text.IsEmpty)
        {
            text = values.Decode(text, TextStyle.Percents);

            // CloudFront encodes the percent signs of the query once more.
            bool isEncodedTwice = text.Contains((byte)'%') && !text.ContainsAny((byte)'=', (byte)',');
            return isEncodedTwice ? values.Decode(text, TextStyle.Percents) : text;
        }

        for (LogField header = LogField.CmcdRequest; header <= LogField.CmcdStatus; header++)
        {
            ReadOnlySpan<byte> part = values[header];
            text = part.IsEmpty ? text : text.IsEmpty ? part : values.Join(text, (byte)',', part);
        }

        return text;
    }

    private static ReadOnlySpan<byte> QueryOf(LogValues values)
    {
        ReadOnlySpan<byte> uri = values[LogField.Uri];
        int mark = uri.IndexOf((byte)'?');
        ReadOnlySpan<byte> text = mark < 0 ? default : ArgumentOf(uri[(mark + 1)..]);
        return text.IsEmpty ? ArgumentOf(values[LogField.Query]) : text;
    }

    private static ReadOnlySpan<byte> ArgumentOf(ReadOnlySpan<byte> query)
    {
        while (!query.IsEmpty)
        {
            int end = query.IndexOf((byte)'&');
            ReadOnlySpan<byte> argument = end < 0 ? query : query[..end];
            if (argument.StartsWith("CMCD="u8))
            {
                return argument[5..];
            }

            query = end < 0 ? default : query[(end + 1)..];
        }

        return default;
    }

    private static long NumberOf(ref CmcdRecord record, CmcdKey key) =>
        record.TryReadNumber(key, int.MaxValue, out long number) ? number : Absent;

    private static long NumberOf(ReadOnlySpan<byte> text) =>
        LogText.TryNumber(text, 0, int.MaxValue, out long number) ? number : Absent;

    private static bool TruthOf(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("true"u8) || text.SequenceEqual("1"u8) || text.SequenceEqual("?1"u8) || text.SequenceEqual("TRUE"u8);

    private static ReadOnlySpan<byte> IdOf(ReadOnlySpan<byte> text)
    {
        text = text.Trim((byte)'"');
        return text.Length <= RecordLimits.Id && Utf8.IsValid(text) ? text : default;
    }
}
