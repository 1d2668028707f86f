using System.Text;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Writes CMCD as a query argument, as headers or as a record of event mode.</summary>
/// <remarks>
/// CTA-5004 and CTA-5004-B. Keys stand in the order of the alphabet; numbers are rounded as the standard asks, halves away from zero;
/// what the standard leaves out (<c>v</c> of version 1, <c>pr</c> of 1, what is false) is left out, and so are keys that the version or
/// the form does not know; values take the shape of the version. Thread-safe.
/// </remarks>
public sealed class CmcdEncoder
{
    private readonly int _version;
    private readonly CmcdHeader _customHeader;

    /// <summary>Creates an encoder.</summary>
    /// <param name="version">The version to write: 1 or 2. Events are of version 2 always.</param>
    /// <param name="customHeader">The header of custom keys.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such version.</exception>
    public CmcdEncoder(int version = 2, CmcdHeader customHeader = CmcdHeader.Request)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(version, CmcdDecoder.LatestVersion);
        _version = version;
        _customHeader = customHeader;
    }

    /// <summary>The query argument: <c>CMCD=</c> and the record, percent-encoded.</summary>
    /// <param name="data">What to say.</param>
    public string EncodeQuery(CmcdData data) =>
        "CMCD=" + Uri.EscapeDataString(CmcdShaping.Prepare(data, _version, CmcdForm.Query).ToString());

    /// <summary>The headers that say anything, by name.</summary>
    /// <param name="data">What to say.</param>
    public IReadOnlyList<KeyValuePair<string, string>> EncodeHeaders(CmcdData data)
    {
        var shards = new StringBuilder[4];
        foreach ((string key, CmcdItem item) in CmcdShaping.Prepare(data, _version, CmcdForm.Headers))
        {
            CmcdHeader header = CmcdRules.Find(key)?.Header ?? _customHeader;
            StringBuilder shard = shards[(int)header] ??= new StringBuilder();
            CmcdText.WriteMember(shard.Length > 0 ? shard.Append(',') : shard, key, item);
        }

        List<KeyValuePair<string, string>> headers = [];
        for (int i = 0; i < shards.Length; i++)
        {
            if (shards[i] is { } shard)
            {
                headers.Add(new("CMCD-" + (CmcdHeader)i, shard.ToString()));
            }
        }

        return headers;
    }

    /// <summary>A record of event mode, without a line end; several are joined by line feeds.</summary>
    /// <param name="data">What to say.</param>
    public string EncodeEvent(CmcdData data) => CmcdShaping.Prepare(data, CmcdDecoder.LatestVersion, CmcdForm.Events).ToString();

    /// <summary>The same data in the shapes of version 2: lists where version 1 has single values, paths not percent-encoded.</summary>
    /// <remarks>Nothing is rounded, added or left out.</remarks>
    /// <param name="data">Data of either version.</param>
    public static CmcdData Upgrade(CmcdData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        CmcdData upgraded = [];
        foreach ((string key, CmcdItem item) in data)
        {
            upgraded.Set(key, CmcdRules.Find(key) is { } rule ? CmcdShaping.ToSecond(rule, item) : item);
        }

        return upgraded;
    }
}
