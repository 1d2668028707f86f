using StreamSense.Core.Events;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.AccessLogs;

/// <summary>Reads logs in the W3C extended format, those of CloudFront and IIS among them, as media requests.</summary>
/// <remarks>
/// <c>#Fields</c> says the order and may change within a body; <c>#Date</c> stands in for a missing date. Values are parted by tabs, or
/// by blanks and then perhaps quoted with doubled quotes; CloudFront's are percent-encoded. <c>time-taken</c> is in seconds, unless
/// <c>#Software</c> says IIS, which writes milliseconds. CMCD is read from the query and from logged request headers. A request is
/// identified by <c>x-edge-request-id</c>, else as in <see cref="CombinedLogTranslator"/>. One thread at a time; allocates nothing once
/// warm.
/// </remarks>
public sealed class W3cLogTranslator : IRecordTranslator
{
    private const int MaxFields = 256;

    private readonly LogRequests _requests;
    private readonly LogField[] _fields = new LogField[MaxFields];
    private readonly byte[] _date = new byte[10];
    private readonly W3cDirectives _directives = new();
    private int _fieldCount;
    private bool _isCloudFront;
    private bool _isIis;
    private bool _hasDate;

    /// <summary>Creates a translator.</summary>
    /// <param name="pseudonymizer">Makes the keyed hashes that stand for addresses with user agents, and for lines.</param>
    /// <param name="options">How to read; copied. Null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public W3cLogTranslator(Pseudonymizer pseudonymizer, AccessLogOptions? options = null) =>
        _requests = new LogRequests(pseudonymizer, options);

    /// <inheritdoc/>
    public string Format => "w3c";

    /// <inheritdoc/>
    public RecordFraming Framing => RecordFraming.Lines;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Preamble => _directives.Text;

    /// <summary>What the log says of requests, visits and bots.</summary>
    public AccessLogTotals Totals => _requests.Totals;

    /// <inheritdoc/>
    public void Begin(IngestOrigin origin)
    {
        _requests.Begin(origin);
        _directives.Clear();
        _fieldCount = 0;
        _isCloudFront = false;
        _isIis = false;
        _hasDate = false;
    }

    /// <inheritdoc/>
    public void Translate(ReadOnlySpan<byte> piece, CanonicalRecords output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _requests.Totals.Lines++;
        if (piece[0] == (byte)'#')
        {
            _requests.Totals.Directives++;
            Obey(piece);
            _directives.Note(piece);
        }
        else if (_fieldCount == 0)
        {
            _requests.Reject(output, "expected #Fields before the first request");
        }
        else if (!TrySplit(piece))
        {
            _requests.Reject(output, "expected as many values as #Fields names");
        }
        else if (!TryTime(out EventTime time))
        {
            _requests.Reject(output, "date and time: expected yyyy-mm-dd and hh:mm:ss");
        }
        else if (!HasNumbers())
        {
            _requests.Reject(output, "sc-status and sc-bytes: expected whole numbers, or -");
        }
        else
        {
            _requests.Write(piece, time, _isCloudFront ? "cloudfront"u8 : default, _isIis ? 0 : 3, output);
        }
    }

    private void Obey(ReadOnlySpan<byte> directive)
    {
        if (directive.StartsWith("#Fields:"u8))
        {
            ReadOnlySpan<byte> names = directive[8..];
            _fieldCount = 0;
            _isCloudFront = false;
            while (TryTakeWord(ref names, out ReadOnlySpan<byte> name) && _fieldCount < MaxFields)
            {
                _fields[_fieldCount++] = LogFieldNames.Find(name);
                _isCloudFront |= name.StartsWith("x-edge-"u8);
            }
        }
        else if (directive.StartsWith("#Software:"u8))
        {
            _isIis = directive.IndexOf("Internet Information Services"u8) >= 0;
        }
        else if (directive.StartsWith("#Date:"u8))
        {
            ReadOnlySpan<byte> rest = directive[6..];
            _hasDate = TryTakeWord(ref rest, out ReadOnlySpan<byte> date) && date.Length == _date.Length;
            if (_hasDate)
            {
                date.CopyTo(_date);
            }
        }
    }

    private bool TrySplit(ReadOnlySpan<byte> line)
    {
        _requests.Values.Clear();
        if (!line.Contains((byte)'\t'))
        {
            return TrySplitBlanks(line);
        }

        int count = 0;
        bool isMore = true;
        while (isMore && count < _fieldCount)
        {
            int end = line.IndexOf((byte)'\t');
            isMore = end >= 0;
            ReadOnlySpan<byte> value = (isMore ? line[..end] : line).Trim((byte)' ');
            bool isQuoted = value.Length > 1 && value[0] == (byte)'"' && value[^1] == (byte)'"';
            Set(_fields[count++], isQuoted ? value[1..^1] : value, isQuoted);
            line = isMore ? line[(end + 1)..] : default;
        }

        return count == _fieldCount && line.Trim(" \t"u8).IsEmpty;
    }

    private bool TrySplitBlanks(ReadOnlySpan<byte> line)
    {
        int count = 0;
        line = line.Trim((byte)' ');
        while (!line.IsEmpty && count < _fieldCount)
        {
            bool isQuoted = line[0] == (byte)'"';
            ReadOnlySpan<byte> value;
            if (isQuoted)
            {
                if (!LogText.TryTakeQuoted(ref line, out value, TextStyle.DoubledQuotes))
                {
                    return false;
                }
            }
            else
            {
                TryTakeWord(ref line, out value);
            }

            Set(_fields[count++], value, isQuoted);
            line = line.TrimStart((byte)' ');
        }

        return count == _fieldCount && line.IsEmpty;
    }

    private void Set(LogField field, ReadOnlySpan<byte> value, bool isQuoted)
    {
        TextStyle style = isQuoted ? TextStyle.DoubledQuotes : TextStyle.Plain;
        if (!isQuoted && field is LogField.UserAgent or (>= LogField.CmcdRequest and <= LogField.CmcdStatus))
        {
            bool isIisText = !value.Contains((byte)'%') && !value.Contains((byte)' ') && _isIis;
            style = isIisText ? TextStyle.Pluses : TextStyle.Percents;
        }

        _requests.Values.Set(field, value, style);
    }

    private bool TryTime(out EventTime time)
    {
        LogValues values = _requests.Values;
        ReadOnlySpan<byte> stamp = values[LogField.Timestamp];
        if (!stamp.IsEmpty)
        {
            return LogTimes.TryEpoch(stamp, out time);
        }

        ReadOnlySpan<byte> date = values[LogField.Date];
        return LogTimes.TryDateAndTime(date.IsEmpty && _hasDate ? _date : date, values[LogField.TimeOfDay], out time);
    }

    private bool HasNumbers()
    {
        ReadOnlySpan<byte> status = _requests.Values[LogField.Status];
        ReadOnlySpan<byte> bytes = _requests.Values[LogField.Bytes];
        return (status.IsEmpty || LogText.TryNumber(status, 0, 999, out _))
            && (bytes.IsEmpty || LogText.TryNumber(bytes, 0, long.MaxValue, out _));
    }

    private static bool TryTakeWord(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> word)
    {
        rest = rest.TrimStart(" \t"u8);
        int end = rest.IndexOfAny((byte)' ', (byte)'\t');
        word = end < 0 ? rest : rest[..end];
        rest = rest[word.Length..];
        return !word.IsEmpty;
    }
}
