using StreamSense.Core.Events;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.AccessLogs;

/// <summary>Reads CloudFront's real-time logs as media requests.</summary>
/// <remarks>
/// A line holds values parted by tabs, percent-encoded, <c>-</c> for none, in the order of <see cref="AccessLogOptions.RealtimeFields"/>;
/// further values, which a newer configuration may add, are not read. A line of field names sets the order for what follows. A
/// request is identified by <c>x-edge-request-id</c>, else as in <see cref="CombinedLogTranslator"/>; its media are read from the
/// <c>cmcd-</c> fields, else from CMCD in the query. One thread at a time; allocates nothing once warm.
/// </remarks>
public sealed class CloudFrontRealtimeTranslator : IRecordTranslator
{
    private const int MaxFields = 256;

    private readonly LogRequests _requests;
    private readonly LogField[]? _configured;
    private readonly LogField[] _header = new LogField[MaxFields];
    private int _headerCount;

    /// <summary>Creates a translator.</summary>
    /// <param name="pseudonymizer">Makes the keyed hashes that stand for addresses with user agents, and for lines without an id.</param>
    /// <param name="options">How to read; copied. Null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public CloudFrontRealtimeTranslator(Pseudonymizer pseudonymizer, AccessLogOptions? options = null)
    {
        _requests = new LogRequests(pseudonymizer, options);
        _configured = _requests.Options.RealtimeFields is { } names ? CloudFrontLayouts.Of(names) : null;
    }

    /// <inheritdoc/>
    public string Format => "cloudfront";

    /// <inheritdoc/>
    public RecordFraming Framing => RecordFraming.Lines;

    /// <summary>What the log says of requests, visits and bots.</summary>
    public AccessLogTotals Totals => _requests.Totals;

    /// <inheritdoc/>
    public void Begin(IngestOrigin origin)
    {
        _requests.Begin(origin);
        _headerCount = 0;
    }

    /// <inheritdoc/>
    public void Translate(ReadOnlySpan<byte> piece, CanonicalRecords output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _requests.Totals.Lines++;
        if (TryHeader(piece))
        {
            _requests.Totals.Directives++;
            return;
        }

        int count = piece.Count((byte)'\t') + 1;
        ReadOnlySpan<LogField> fields = _headerCount > 0
            ? _header.AsSpan(0, _headerCount)
            : _configured ?? CloudFrontLayouts.OfCount(count);
        if (fields.IsEmpty || count < fields.Length)
        {
            _requests.Reject(output, "expected as many values, parted by tabs, as there are fields");
            return;
        }

        Split(piece, fields);
        LogValues values = _requests.Values;
        if (!LogTimes.TryEpoch(values[LogField.Timestamp], out EventTime time))
        {
            _requests.Reject(output, "timestamp: expected seconds since 1970");
        }
        else if (!IsNumber(values[LogField.Status], 999) || !IsNumber(values[LogField.Bytes], long.MaxValue))
        {
            _requests.Reject(output, "sc-status and sc-bytes: expected whole numbers, or -");
        }
        else
        {
            _requests.Write(piece, time, "cloudfront"u8, 3, output);
        }
    }

    private bool TryHeader(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("#Fields:"u8))
        {
            line = line[8..].Trim(" \t"u8);
        }
        else if (line[0] == (byte)'#')
        {
            return true;
        }
        else if (!line.StartsWith("timestamp\t"u8))
        {
            return false;
        }

        _headerCount = 0;
        while (!line.IsEmpty && _headerCount < MaxFields)
        {
            int end = line.IndexOfAny((byte)'\t', (byte)' ');
            _header[_headerCount++] = LogFieldNames.Find(end < 0 ? line : line[..end]);
            line = end < 0 ? default : line[(end + 1)..];
        }

        return true;
    }

    private void Split(ReadOnlySpan<byte> line, ReadOnlySpan<LogField> fields)
    {
        LogValues values = _requests.Values;
        values.Clear();
        foreach (LogField field in fields)
        {
            int end = line.IndexOf((byte)'\t');

            // What is encoded within the query and the path is taken apart first and decoded then.
            bool isWhole = field is LogField.Query or LogField.Uri;
            values.Set(field, end < 0 ? line : line[..end], isWhole ? TextStyle.Plain : TextStyle.Percents);
            line = end < 0 ? default : line[(end + 1)..];
        }
    }

    private static bool IsNumber(ReadOnlySpan<byte> text, long most) => text.IsEmpty || LogText.TryNumber(text, 0, most, out _);
}
