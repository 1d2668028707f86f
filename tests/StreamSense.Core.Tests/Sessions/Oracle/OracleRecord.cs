using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>One accepted record, read from the DOM; times in microseconds since 1970.</summary>
internal sealed partial class OracleRecord(Dictionary<string, JsonElement> line, long timeUs, int index)
{
    private const long EarliestUs = 631_152_000_000_000;
    private const long LatestUs = 4_102_444_800_000_000;
    private const long DayUs = 86_400_000_000;

    private static readonly string[] KindsWithPlayhead =
    [
        "playback_request", "playback_start", "pause", "resume", "seek_start", "seek_end", "heartbeat", "playback_end",
        "reaction", "share", "comment",
    ];

    internal string Kind => Text("kind")!;

    /// <summary>The corrected time.</summary>
    internal long TimeUs => timeUs;

    /// <summary>The time at which it applies: never before what precedes it in the order of its view.</summary>
    internal long AppliesAtUs { get; set; }

    internal int Index => index;

    internal string? View => Text("view");

    internal string? Source => Text("source");

    internal decimal? Sequence => Number("seq");

    /// <summary>The playhead, for the kinds that carry one; in others the field is unknown and says nothing.</summary>
    internal decimal? PlayheadMs => KindsWithPlayhead.Contains(Kind) ? Number("playheadMs") : null;

    /// <summary>What tells duplicates.</summary>
    internal string Identity =>
        Text("id") is { } id ? "id:" + id
        : View is { } view && Sequence is { } sequence ? $"seq:{JsonSerializer.Serialize(new[] { Source ?? "", view })}:{sequence:0}"
        : "content:" + Canonical(line);

    /// <summary>Until when a subscription or trial is paid; the sender's word, corrected by nothing.</summary>
    internal long? PeriodEndUs => TryTime(line, "periodEnd", out long? us) ? us : null;

    internal string? Text(string name) => OracleSchema.Has(line, name) ? line[name].GetString() : null;

    internal decimal? Number(string name) => OracleSchema.Has(line, name) ? line[name].GetDecimal() : null;

    internal long? Microseconds(string nameOfMilliseconds) =>
        Number(nameOfMilliseconds) is { } milliseconds ? (long)decimal.Truncate(milliseconds * 1000m) : null;

    internal bool Is(string name) => OracleSchema.Has(line, name) && line[name].GetBoolean();

    /// <summary>Reads one line; null and the reason where it is refused.</summary>
    internal static OracleRecord? Read(string text, int index, out string reason)
    {
        reason = "";
        JsonElement root;
        try
        {
            root = JsonDocument.Parse(text).RootElement;
        }
        catch (JsonException)
        {
            reason = "Malformed";
            return null;
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            reason = "Malformed";
            return null;
        }

        var line = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (root.EnumerateObject().Any(member => !line.TryAdd(member.Name, member.Value)))
        {
            reason = "DuplicateField";
            return null;
        }

        reason = Refusal(line, out long timeUs) ?? "";
        return reason.Length == 0 ? new OracleRecord(line, timeUs, index) : null;
    }

    private static string? Refusal(Dictionary<string, JsonElement> line, out long timeUs)
    {
        timeUs = 0;
        if (OracleSchema.Has(line, "v") && line["v"].GetRawText() != "1")
        {
            return "UnsupportedVersion";
        }

        if (!OracleSchema.Has(line, "kind") || !OracleSchema.Has(line, "time"))
        {
            return "MissingField";
        }

        if (line["kind"].ValueKind != JsonValueKind.String)
        {
            return "InvalidValue";
        }

        string kind = line["kind"].GetString()!;
        return !OracleSchema.Knows(kind) ? "UnknownKind"
            : OracleSchema.Check(kind, line) ?? TimeRefusal(line, out timeUs) ?? ConsentRefusal(kind, line);
    }

    private static string? ConsentRefusal(string kind, Dictionary<string, JsonElement> line)
    {
        if (kind == "consent_change" || !OracleSchema.Has(line, "consent"))
        {
            return null;
        }

        return line["consent"].EnumerateArray().Any(purpose => purpose.GetString() == "measurement") ? null : "NoConsent";
    }

    private static string? TimeRefusal(Dictionary<string, JsonElement> line, out long timeUs)
    {
        timeUs = 0;
        if (!TryTime(line, "time", out long? time) || !TryTime(line, "sent", out long? sent)
            || !TryTime(line, "received", out long? received))
        {
            return "InvalidValue";
        }

        timeUs = time!.Value + (received is { } at && sent is { } from ? at - from : 0);
        long limit = Math.Min((received ?? time.Value) + DayUs, LatestUs - 1);
        return new[] { time, sent, received, timeUs }.Any(value => value < EarliestUs || value > limit) ? "TimeOutOfRange" : null;
    }

    private static bool TryTime(Dictionary<string, JsonElement> line, string name, out long? us)
    {
        us = null;
        if (!OracleSchema.Has(line, name))
        {
            return true;
        }

        JsonElement value = line[name];
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal milliseconds))
        {
            us = (long)decimal.Truncate(Math.Clamp(milliseconds, -1e14m, 1e14m) * 1000m);
            return true;
        }

        return value.ValueKind == JsonValueKind.String && TryRfc3339(value.GetString()!, out us);
    }

    private static bool TryRfc3339(string text, out long? us)
    {
        us = null;
        Match match = Rfc3339().Match(text);
        if (!match.Success || !DateTime.TryParseExact(
                match.Groups["whole"].Value.ToUpperInvariant(), "yyyy-MM-dd'T'HH:mm:ss",
                    CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime whole))
        {
            return false;
        }

        string digits = (match.Groups["fraction"].Value + "000000")[..6];
        string offset = match.Groups["offset"].Value;
        TimeSpan east = offset is "Z" or "z" ? TimeSpan.Zero : TimeSpan.Parse(offset.TrimStart('+', '-'), CultureInfo.InvariantCulture);
        east = offset.StartsWith('-') ? -east : east;
        us = ((whole - east - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond) + long.Parse(digits, CultureInfo.InvariantCulture);
        return true;
    }

    // The parsed object: member order, escapes and the spelling of numbers do not matter.
    private static string Canonical(IEnumerable<KeyValuePair<string, JsonElement>> members) => "{"
        + string.Concat(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => $"{JsonSerializer.Serialize(member.Key)}:{Canonical(member.Value)},")) + "}";

    private static string Canonical(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => Canonical(value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value))),
        JsonValueKind.Array => "[" + string.Join(',', value.EnumerateArray().Select(Canonical)) + "]",
        JsonValueKind.String => JsonSerializer.Serialize(value.GetString()),
        JsonValueKind.Number when value.TryGetDecimal(out decimal number) =>
            (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
        _ => value.GetRawText(),
    };

    [GeneratedRegex(@"^(?<whole>\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d)(\.(?<fraction>\d+))?(?<offset>[Zz]|[+-]\d\d:\d\d)$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Rfc3339();
}
