using System.Text;
using System.Text.Unicode;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Reads CMCD of any form as keys and values, and says what is not as the standard has it.</summary>
/// <remarks>
/// CTA-5004 (version 1) and CTA-5004-B (version 2). For tools and tests: it makes objects; the door does not. The rules of a server
/// hold: keys that nobody knows stay and are warned of, a value of the wrong type is left out, of a key that stands twice the last
/// counts, a version above 2 refuses the record. Strict is about syntax alone: RFC 8941 to the letter. Keeps nothing between calls but
/// buffers; one thread at a time.
/// </remarks>
/// <param name="isStrict">Whether what RFC 8941 forbids refuses the record.</param>
public sealed class CmcdDecoder(bool isStrict = false)
{
    internal const int LatestVersion = 2;
    internal const string NoDictionary = "the record is no dictionary of structured fields";
    internal const string NoArgument = "the line has no CMCD argument";
    internal const string NoHeader = "there is no CMCD header";
    private const string NoUtf8 = "the record is no UTF-8";

    private readonly CmcdQueryText _query = new();

    /// <summary>Reads a record of event mode.</summary>
    /// <param name="record">The record, a dictionary of structured fields.</param>
    public CmcdReading ReadEvent(ReadOnlySpan<byte> record)
    {
        var checks = new CmcdChecks(CmcdForm.Events);
        CmcdData data = [];
        return Utf8.IsValid(record)
            ? TryRead(record, header: null, data, checks) ? Complete(data, checks) : Malformed()
            : CmcdReading.Refuse(RejectReason.InvalidUtf8, NoUtf8);
    }

    /// <summary>Reads the CMCD argument of a URL or a query, or a value alone.</summary>
    /// <param name="line">The URL, the query, <c>CMCD=…</c> or the value; a value with quotes is taken as it is, else decoded.</param>
    public CmcdReading ReadQuery(ReadOnlySpan<byte> line)
    {
        if (!_query.TryFind(line, out ReadOnlySpan<byte> value, allowBare: true))
        {
            return CmcdReading.Refuse(RejectReason.MissingField, NoArgument);
        }

        if (!Utf8.IsValid(value))
        {
            return CmcdReading.Refuse(RejectReason.InvalidUtf8, NoUtf8);
        }

        var checks = new CmcdChecks(CmcdForm.Query);
        if (_query.IsRepeated)
        {
            checks.Warn("CMCD", "stands twice in the query; the first counts");
        }

        CmcdData data = [];
        return TryRead(value, header: null, data, checks) ? Complete(data, checks) : Malformed();
    }

    internal CmcdReading ReadHeaders(CmcdHeaderBlock block)
    {
        if (!block.HasHeaders)
        {
            return block.Target.IsEmpty || !_query.TryFind(block.Target, out _, allowBare: false)
                ? CmcdReading.Refuse(block.IsBroken ? RejectReason.Malformed : RejectReason.MissingField, block.Complaint ?? NoHeader)
                : ReadQuery(block.Target);
        }

        if (!Utf8.IsValid(block.Text))
        {
            return CmcdReading.Refuse(RejectReason.InvalidUtf8, NoUtf8);
        }

        var checks = new CmcdChecks(CmcdForm.Headers);
        if (_query.TryFind(block.Target, out _, allowBare: false))
        {
            checks.Warn("CMCD", "the query argument is passed over, as there are headers");
        }

        if (block.Complaint is { } complaint)
        {
            checks.Warn("headers", complaint);
        }

        CmcdData data = [];
        for (int i = 0; i < block.Count; i++)
        {
            if (!TryRead(block.ShardAt(i), block.HeaderAt(i), data, checks))
            {
                return Malformed();
            }
        }

        return Complete(data, checks);
    }

    private static CmcdReading Malformed() => CmcdReading.Refuse(RejectReason.Malformed, NoDictionary);

    private static CmcdReading Complete(CmcdData data, CmcdChecks checks)
    {
        bool isTooNew = data.TryGet("v", out CmcdItem? version) && version.Number > LatestVersion;
        if (isTooNew)
        {
            return CmcdReading.Refuse(RejectReason.UnsupportedVersion, $"v: expected at most 2, found {version!.Text}");
        }

        checks.Complete(data);
        return new CmcdReading { Data = data, Warnings = checks.Warnings };
    }

    private bool TryRead(ReadOnlySpan<byte> text, CmcdHeader? header, CmcdData data, CmcdChecks checks)
    {
        var reader = new CmcdReader(text, isStrict);
        checks.BeginShard(header);
        while (reader.TryReadMember(out ReadOnlySpan<byte> key, out CmcdValue value))
        {
            string name = Encoding.UTF8.GetString(key);
            checks.Note(name, reader.Notes, data.TryGet(name, out _));
            reader.Notes = CmcdNotes.None;
            data.Set(name, CmcdItem.From(value));
        }

        return !reader.IsMalformed;
    }
}
