namespace StreamSense.Core.Ingest.AccessLogs;

/// <summary>The fields of CloudFront's real-time logs in the documented order, which is the order of every such log.</summary>
/// <remarks>
/// A log holds those that its configuration chose. The ones that chose all fields there were at a time are told by their number: 40 at
/// first, 43 with the origin's times and the network, 45 with the primary distribution, 46 with the server's address, then those
/// with the 18 of CMCD (61, 63, 64), and those with what came after (67 and 69).
/// </remarks>
internal static class CloudFrontLayouts
{
    private const string ServerAddress = "s-ip";
    private const string Primary = "primary-distribution-";
    private const int BeforePrimary = 41;
    private const int BeforeCmcd = 46;
    private const int AfterCmcd = 64;

    private static readonly string[] _all =
    [
        "timestamp", "c-ip", ServerAddress, "time-to-first-byte", "sc-status", "sc-bytes", "cs-method", "cs-protocol", "cs-host",
        "cs-uri-stem", "cs-bytes", "x-edge-location", "x-edge-request-id", "x-host-header", "time-taken", "cs-protocol-version",
        "c-ip-version", "cs-user-agent", "cs-referer", "cs-cookie", "cs-uri-query", "x-edge-response-result-type", "x-forwarded-for",
        "ssl-protocol", "ssl-cipher", "x-edge-result-type", "fle-encrypted-fields", "fle-status", "sc-content-type", "sc-content-len",
        "sc-range-start", "sc-range-end", "c-port", "x-edge-detailed-result-type", "c-country", "cs-accept-encoding", "cs-accept",
        "cache-behavior-path-pattern", "cs-headers", "cs-header-names", "cs-headers-count", "primary-distribution-id",
        "primary-distribution-dns-name", "origin-fbl", "origin-lbl", "asn", "cmcd-encoded-bitrate", "cmcd-buffer-length",
        "cmcd-buffer-starvation", "cmcd-content-id", "cmcd-object-duration", "cmcd-deadline", "cmcd-measured-throughput",
        "cmcd-next-object-request", "cmcd-next-range-request", "cmcd-object-type", "cmcd-playback-rate",
        "cmcd-requested-maximum-throughput", "cmcd-streaming-format", "cmcd-session-id", "cmcd-stream-type", "cmcd-startup",
        "cmcd-top-bitrate", "cmcd-version", "r-host", "sr-reason", "x-edge-mqcs", "distribution-tenant-id", "connection-id",
    ];

    private static readonly LogField[][] _known =
    [
        Layout(BeforePrimary, withServer: false, withPrimary: false),
        Layout(BeforeCmcd, withServer: false, withPrimary: false),
        Layout(BeforeCmcd, withServer: false, withPrimary: true),
        Layout(BeforeCmcd, withServer: true, withPrimary: true),
        Layout(AfterCmcd, withServer: false, withPrimary: false),
        Layout(AfterCmcd, withServer: false, withPrimary: true),
        Layout(AfterCmcd, withServer: true, withPrimary: true),
        Layout(AfterCmcd + 3, withServer: true, withPrimary: true),
        Layout(AfterCmcd + 5, withServer: true, withPrimary: true),
    ];

    /// <summary>The layout of all fields that has so many; null if none has.</summary>
    public static LogField[]? OfCount(int count)
    {
        foreach (LogField[] layout in _known)
        {
            if (layout.Length == count)
            {
                return layout;
            }
        }

        return null;
    }

    /// <summary>The layout of a list of names.</summary>
    public static LogField[] Of(IReadOnlyList<string> names)
    {
        var layout = new LogField[names.Count];
        for (int i = 0; i < layout.Length; i++)
        {
            layout[i] = LogFieldNames.Find(names[i]);
        }

        return layout;
    }

    private static LogField[] Layout(int count, bool withServer, bool withPrimary)
    {
        var names = new List<string>(_all[..count]);
        names.RemoveAll(name => (!withServer && string.Equals(name, ServerAddress, StringComparison.Ordinal))
            || (!withPrimary && name.StartsWith(Primary, StringComparison.Ordinal)));
        return Of(names);
    }
}
