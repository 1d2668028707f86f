using System.Text.Json;

namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>Which fields a kind requires and what type each field has, as the public schema lists them.</summary>
internal static class OracleSchema
{
    // name -> required fields; "a|b" = one of both is enough.
    private static readonly Dictionary<string, string> Required = new(StringComparer.Ordinal)
    {
        ["decision"] = "request surface title position", ["impression"] = "title|offer surface",
        ["click"] = "title|offer", ["detail_view"] = "title|offer", ["search"] = "query",
        ["list_add"] = "title", ["list_remove"] = "title", ["rating"] = "title value scale",
        ["reaction"] = "title", ["share"] = "title", ["comment"] = "title",
        ["playback_request"] = "view title", ["playback_start"] = "view", ["pause"] = "view", ["resume"] = "view",
        ["seek_start"] = "view", ["seek_end"] = "view", ["buffer_start"] = "view", ["buffer_end"] = "view",
        ["bitrate_change"] = "view bitrateKbps", ["rate_change"] = "view rate", ["heartbeat"] = "view",
        ["visibility"] = "view background", ["track_change"] = "view", ["cdn_change"] = "view cdn",
        ["error"] = "code severity", ["playback_end"] = "view reason", ["media_request"] = "",
        ["ad_break_start"] = "view break", ["ad_break_end"] = "view break",
        ["ad_start"] = "view ad", ["ad_quartile"] = "view ad", ["ad_complete"] = "view ad", ["ad_skip"] = "view ad",
        ["ad_click"] = "view ad",
        ["trial_started"] = "viewer|household plan", ["trial_converted"] = "viewer|household plan",
        ["subscription_started"] = "viewer|household plan", ["subscription_renewed"] = "viewer|household plan",
        ["subscription_cancelled"] = "viewer|household plan", ["subscription_expired"] = "viewer|household plan",
        ["subscription_paused"] = "viewer|household plan", ["plan_changed"] = "viewer|household plan",
        ["billing_issue"] = "viewer|household plan", ["refunded"] = "viewer|household plan",
        ["message_sent"] = "viewer channel campaign", ["message_opened"] = "viewer channel campaign",
        ["message_clicked"] = "viewer channel campaign", ["message_dismissed"] = "viewer channel campaign",
        ["social_mention"] = "title network post", ["consent_change"] = "viewer|device consent", ["support_contact"] = "viewer",
        ["login"] = "viewer device", ["logout"] = "viewer device", ["title"] = "title", ["profile"] = "viewer", ["custom"] = "name",
    };

    private static readonly string[] Texts =
    [
        "id", "source", "viewer", "household", "device", "view", "visit", "title", "country", "cdn", "isp", "deviceKind", "app",
        "surface", "request", "offer", "query", "ad", "break", "name", "campaign", "channel", "plan", "network", "post",
    ];

    private static readonly string[] Durations =
        ["durationMs", "intervalMs", "startupMs", "bitrateKbps", "bufferMs", "droppedFrames", "liveLatencyMs", "visibleMs",
         "width", "height"];

    private static readonly string[] Booleans = ["autoplay", "preload", "live", "background", "kids", "startup", "starved"];

    private static readonly Dictionary<string, string> Enumerations = new(StringComparer.Ordinal)
    {
        ["buffer_start.reason"] = "initial seek connection ad unknown", ["buffer_end.reason"] = "initial seek connection ad unknown",
        ["bitrate_change.mediaType"] = "video audio av", ["heartbeat.state"] = "starting playing rebuffering seeking paused",
        ["error.severity"] = "fatal warning", ["error.category"] = "technical business",
        ["playback_end.reason"] = "completed quit error timeout superseded", ["ad_break_start.placement"] = "pre mid post",
        ["media_request.cacheStatus"] = "hit miss pass error",
    };

    internal static bool Knows(string kind) => Required.ContainsKey(kind);

    /// <summary>Null where the fields are as the schema wants them, else the reason of the refusal.</summary>
    internal static string? Check(string kind, Dictionary<string, JsonElement> line)
    {
        foreach (string rule in Required[kind].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!rule.Split('|').Any(name => Has(line, name)))
            {
                return "MissingField";
            }
        }

        bool valid = Texts.All(name => IsKind(line, name, JsonValueKind.String))
            && Durations.All(name => IsNumber(line, name, 0m))
            && IsNumber(line, "playheadMs", decimal.MinValue)
            && Booleans.All(name => IsKind(line, name, JsonValueKind.True, JsonValueKind.False))
            && IsNumber(line, "seq", 0m) && IsNumber(line, "row", decimal.MinValue) && IsNumber(line, "position", decimal.MinValue)
            && IsPositive(line, "rate") && IsPositive(line, "weight")
            && Enumerations.All(rule => IsOneOf(kind, line, rule.Key, rule.Value));
        return valid ? null : "InvalidValue";
    }

    internal static bool Has(Dictionary<string, JsonElement> line, string name) =>
        line.TryGetValue(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    private static bool IsKind(Dictionary<string, JsonElement> line, string name, params JsonValueKind[] kinds) =>
        !Has(line, name) || kinds.Contains(line[name].ValueKind);

    private static bool IsNumber(Dictionary<string, JsonElement> line, string name, decimal atLeast) =>
        !Has(line, name)
        || (line[name] is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out decimal value)
            && value >= atLeast);

    private static bool IsPositive(Dictionary<string, JsonElement> line, string name) =>
        IsNumber(line, name, 0m) && (!Has(line, name) || line[name].GetDecimal() > 0m);

    private static bool IsOneOf(string kind, Dictionary<string, JsonElement> line, string field, string values)
    {
        string[] path = field.Split('.');
        return path[0] != kind || !Has(line, path[1])
            || (line[path[1]] is { ValueKind: JsonValueKind.String } text && values.Split(' ').Contains(text.GetString()));
    }
}
