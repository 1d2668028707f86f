using StreamSense.Core.Events;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.AccessLogs;

/// <summary>Reads the common and combined access logs of Apache, nginx and their kin as media requests.</summary>
/// <remarks>
/// A line is <c>host ident user [time] "request" status bytes</c>, in the combined format with <c>"referer" "user-agent"</c>; a virtual
/// host may stand before it, and anything after it. Escapes are <c>\"</c>, <c>\\</c> and <c>\xHH</c>. A request that is no HTTP is one all
/// the same. A request has no id in such a log: the line (as a keyed hash) and how often that very line stood in the body so far identify
/// it, so that the same log read again gives duplicates. One thread at a time; allocates nothing once warm.
/// </remarks>
public sealed class CombinedLogTranslator : IRecordTranslator
{
    private const int MaxBrackets = 8;

    private readonly LogRequests _requests;

    /// <summary>Creates a translator.</summary>
    /// <param name="pseudonymizer">Makes the keyed hashes that stand for addresses with user agents, and for lines.</param>
    /// <param name="options">How to read; copied. Null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public CombinedLogTranslator(Pseudonymizer pseudonymizer, AccessLogOptions? options = null) =>
        _requests = new LogRequests(pseudonymizer, options);

    /// <inheritdoc/>
    public string Format => "combined";

    /// <inheritdoc/>
    public RecordFraming Framing => RecordFraming.Lines;

    /// <summary>What the log says of requests, visits and bots.</summary>
    public AccessLogTotals Totals => _requests.Totals;

    /// <inheritdoc/>
    public void Begin(IngestOrigin origin) => _requests.Begin(origin);

    /// <inheritdoc/>
    public void Translate(ReadOnlySpan<byte> piece, CanonicalRecords output)
    {
        ArgumentNullException.ThrowIfNull(output);
        LogValues values = _requests.Values;
        values.Clear();
        _requests.Totals.Lines++;
        if (!TryTime(piece, out int start, out ReadOnlySpan<byte> rest, out EventTime time))
        {
            _requests.Reject(output, "time: expected [day/month/year:hour:minute:second zone]");
            return;
        }

        values.Set(LogField.Address, ClientOf(piece[..start]));
        rest = rest.TrimStart((byte)' ');
        if (!rest.StartsWith("\""u8) || !LogText.TryTakeQuoted(ref rest, out ReadOnlySpan<byte> request, TextStyle.Backslashes))
        {
            _requests.Reject(output, "request: expected a text in quotes");
            return;
        }

        values.Set(LogField.Uri, TargetOf(request), TextStyle.Backslashes);
        ReadOnlySpan<byte> status = TakeWord(ref rest);
        ReadOnlySpan<byte> bytes = TakeWord(ref rest);
        if (!IsStatus(status) || !IsSize(bytes))
        {
            _requests.Reject(output, "status and bytes: expected three digits and a whole number, or -");
            return;
        }

        values.Set(LogField.Status, status);
        values.Set(LogField.Bytes, bytes.SequenceEqual("-"u8) ? "0"u8 : bytes);
        if (!TryAgent(rest, values))
        {
            _requests.Reject(output, "referer and user-agent: a text is not closed");
            return;
        }

        _requests.Write(piece, time, default, 3, output);
    }

    // A user's name may hold brackets: the time is the first bracket that is one.
    private static bool TryTime(ReadOnlySpan<byte> line, out int start, out ReadOnlySpan<byte> rest, out EventTime time)
    {
        start = 0;
        for (int i = 0; i < MaxBrackets; i++)
        {
            int open = line[start..].IndexOf(" ["u8);
            int close = open < 0 ? -1 : line[(start + open)..].IndexOf((byte)']');
            if (close < 0)
            {
                break;
            }

            start += open;
            if (LogTimes.TryCommon(line.Slice(start + 2, close - 2), out time))
            {
                rest = line[(start + close + 1)..];
                return true;
            }

            start++;
        }

        rest = default;
        time = default;
        return false;
    }

    // With a virtual host before it, the client stands second.
    private static ReadOnlySpan<byte> ClientOf(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> first = TakeWord(ref head);
        ReadOnlySpan<byte> second = TakeWord(ref head);
        return !NetworkAddress.TryParse(first, out _) && NetworkAddress.TryParse(second, out _) ? second : first;
    }

    private static ReadOnlySpan<byte> TargetOf(ReadOnlySpan<byte> request)
    {
        int first = request.IndexOf((byte)' ');
        int last = request.LastIndexOf((byte)' ');
        return first < 0 ? default : last > first ? request[(first + 1)..last] : request[(first + 1)..];
    }

    private static bool TryAgent(ReadOnlySpan<byte> rest, LogValues values)
    {
        rest = rest.TrimStart((byte)' ');
        if (!rest.StartsWith("\""u8))
        {
            return true;
        }

        if (!LogText.TryTakeQuoted(ref rest, out _, TextStyle.Backslashes))
        {
            return false;
        }

        rest = rest.TrimStart((byte)' ');
        if (!rest.StartsWith("\""u8))
        {
            return true;
        }

        bool isClosed = LogText.TryTakeQuoted(ref rest, out ReadOnlySpan<byte> userAgent, TextStyle.Backslashes);
        values.Set(LogField.UserAgent, userAgent, TextStyle.Backslashes);
        return isClosed;
    }

    private static ReadOnlySpan<byte> TakeWord(scoped ref ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart((byte)' ');
        int end = rest.IndexOf((byte)' ');
        ReadOnlySpan<byte> word = end < 0 ? rest : rest[..end];
        rest = rest[word.Length..];
        return word;
    }

    private static bool IsStatus(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("-"u8) || (word.Length == 3 && !word.ContainsAnyExceptInRange((byte)'0', (byte)'9'));

    private static bool IsSize(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("-"u8) || (word.Length is > 0 and <= 18 && !word.ContainsAnyExceptInRange((byte)'0', (byte)'9'));
}
