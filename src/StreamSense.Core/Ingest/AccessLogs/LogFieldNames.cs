using System.Text;

namespace StreamSense.Core.Ingest.AccessLogs;

/// <summary>The names by which logs call their fields: those of the W3C extended format, of CloudFront and of common servers.</summary>
internal static class LogFieldNames
{
    private const int MaxLength = 40;

    private static readonly Dictionary<string, LogField> _names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["timestamp"] = LogField.Timestamp,
        ["date"] = LogField.Date,
        ["time"] = LogField.TimeOfDay,
        ["c-ip"] = LogField.Address,
        ["cs(User-Agent)"] = LogField.UserAgent,
        ["cs-user-agent"] = LogField.UserAgent,
        ["cs-uri-stem"] = LogField.Uri,
        ["cs-uri"] = LogField.Uri,
        ["cs-uri-query"] = LogField.Query,
        ["sc-status"] = LogField.Status,
        ["sc-bytes"] = LogField.Bytes,
        ["bytes"] = LogField.Bytes,
        ["time-taken"] = LogField.TimeTaken,
        ["time-to-first-byte"] = LogField.TimeToFirstByte,
        ["cached"] = LogField.CacheStatus,
        ["x-cache"] = LogField.CacheStatus,
        ["s-cache-status"] = LogField.CacheStatus,
        ["sc(X-Cache)"] = LogField.CacheStatus,
        ["x-edge-result-type"] = LogField.EdgeResult,
        ["x-edge-response-result-type"] = LogField.EdgeResponseResult,
        ["x-edge-request-id"] = LogField.EdgeRequest,
        ["c-country"] = LogField.Country,
        ["asn"] = LogField.Asn,
        ["cs(CMCD-Request)"] = LogField.CmcdRequest,
        ["cs(CMCD-Object)"] = LogField.CmcdObject,
        ["cs(CMCD-Session)"] = LogField.CmcdSession,
        ["cs(CMCD-Status)"] = LogField.CmcdStatus,
        ["cmcd-encoded-bitrate"] = LogField.EncodedBitrate,
        ["cmcd-buffer-length"] = LogField.BufferLength,
        ["cmcd-buffer-starvation"] = LogField.BufferStarvation,
        ["cmcd-content-id"] = LogField.ContentId,
        ["cmcd-object-duration"] = LogField.ObjectDuration,
        ["cmcd-measured-throughput"] = LogField.MeasuredThroughput,
        ["cmcd-object-type"] = LogField.ObjectType,
        ["cmcd-session-id"] = LogField.SessionId,
        ["cmcd-startup"] = LogField.Startup,
    };

    private static readonly Dictionary<string, LogField>.AlternateLookup<ReadOnlySpan<char>> _byText =
        _names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The field of a name; <see cref="LogField.None"/> if nobody reads it.</summary>
    public static LogField Find(ReadOnlySpan<byte> name)
    {
        if (name.Length > MaxLength)
        {
            return LogField.None;
        }

        Span<char> text = stackalloc char[MaxLength];
        int length = Encoding.Latin1.GetChars(name, text);
        return _byText.TryGetValue(text[..length], out LogField field) ? field : LogField.None;
    }

    /// <summary>The field of a name; <see cref="LogField.None"/> if nobody reads it.</summary>
    public static LogField Find(string name) => _names.GetValueOrDefault(name, LogField.None);
}
