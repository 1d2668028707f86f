using System.Buffers.Text;
using System.Text;

namespace StreamSense.Core.Tests.Ingest.Snowplow;

/// <summary>Writes Snowplow events as trackers and as the Analytics SDKs do.</summary>
internal static class SnowplowTexts
{
    public const string Session = """{"mediaSessionId":"s1","pingInterval":30}""";

    private const string Vendor = "iglu:com.snowplowanalytics.snowplow";

    /// <summary>The entity of a player.</summary>
    public static string Player(double playhead, bool paused = false, string label = "film", string more = "") =>
        FormattableString.Invariant($$"""{"currentTime":{{playhead}},"paused":{{(paused ? "true" : "false")}},"ended":false,"label":"{{label}}"{{more}}}""");

    /// <summary>An element of a tracker's payload.</summary>
    public static string Element(
        string name, string id, long time, string player, string data = "{}", string? session = Session, string entities = "",
        int sentAfter = 100, string device = "dev")
    {
        string sessionEntity = session is null ? "" : Entity(".media/session/jsonschema/1-0-0", session) + ",";
        string contexts = $$"""{"schema":"{{Vendor}}/contexts/jsonschema/1-0-1","data":[{{sessionEntity}}{{entities}}{{Entity("/media_player/jsonschema/2-0-0", player)}}]}""";
        string body = $$"""{"schema":"{{Vendor}}/unstruct_event/jsonschema/1-0-0","data":{{Entity($".media/{name}_event/jsonschema/1-0-0", data)}}}""";
        return $$"""{"e":"ue","eid":"{{id}}","dtm":"{{time}}","stm":"{{time + sentAfter}}","aid":"app","p":"web","uid":"ann","duid":"{{device}}","sid":"visit","ue_px":"{{Encode(body)}}","cx":"{{Encode(contexts)}}"}""";
    }

    /// <summary>An entity of Snowplow's own vendor.</summary>
    public static string Entity(string schema, string data) => $$"""{"schema":"{{Vendor}}{{schema}}","data":{{data}}}""";

    /// <summary>A payload of elements.</summary>
    public static string Payload(params string[] elements) =>
        $$"""{"schema":"{{Vendor}}/payload_data/jsonschema/1-0-4","data":[{{string.Join(',', elements)}}]}""";

    /// <summary>An enriched event.</summary>
    public static string Enriched(string name, string id, string times, string player, string data = "{}", string more = "") =>
        $$"""{"app_id":"app","platform":"tv","event_id":"{{id}}",{{times}},"user_id":"ann","domain_userid":"dev","geo_country":"SE","unstruct_event_com_snowplowanalytics_snowplow_media_{{name}}_event_1":{{data}},"contexts_com_snowplowanalytics_snowplow_media_player_2":[{{player}}],"contexts_com_snowplowanalytics_snowplow_media_session_1":[{{Session}}]{{more}}}""";

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
