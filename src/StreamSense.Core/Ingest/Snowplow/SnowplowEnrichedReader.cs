using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Mapping;

namespace StreamSense.Core.Ingest.Snowplow;

/// <summary>Reads an enriched event as the Analytics SDKs write it: one flat object.</summary>
/// <remarks>One thread at a time; allocates nothing once warm.</remarks>
internal sealed class SnowplowEnrichedReader(TextArena arena)
{
    private const string Media = "com_snowplowanalytics_snowplow_media_";

    private static readonly string[] _paths =
    [
        "event_id", "derived_tstamp", "dvce_created_tstamp", "dvce_sent_tstamp", "collector_tstamp", "app_id", "platform", "user_id",
        "domain_userid", "network_userid", "domain_sessionid", "useragent", "geo_country",
        $"contexts_{Media}player_2[0]", $"contexts_{Media}session_1[0]", $"contexts_{Media}ad_1[0]", $"contexts_{Media}ad_break_1[0]",
        "contexts_com_snowplowanalytics_snowplow_web_page_1[0]", "contexts_org_whatwg_media_element_1[0]",
        "contexts_com_snowplowanalytics_snowplow_client_session_1[0]",
    ];

    private readonly JsonPicker _picker = new([.. _paths, .. EventPaths()]);

    /// <summary>Reads an event; one that is none of a media player has no <see cref="SnowplowRecord.Event"/>.</summary>
    /// <param name="piece">The object.</param>
    /// <param name="record">What it says.</param>
    /// <returns>What is wrong with it; null if nothing is.</returns>
    public string? Read(ReadOnlySpan<byte> piece, ref SnowplowRecord record)
    {
        if (!_picker.TryPick(piece, arena, out PickedValues values) || (!values.Has(0) && !values.Has(4)))
        {
            return "expected an enriched event, or a payload of a tracker";
        }

        for (int i = 1; i < SnowplowEvents.Names.Length && record.Data.IsEmpty; i++)
        {
            record.Data = values.Tree(_paths.Length + i - 1);
            record.Event = record.Data.IsEmpty ? SnowplowEvent.None : (SnowplowEvent)i;
        }

        record.Id = values.Text(0);
        ReadTimes(values, ref record);
        record.App = values.Text(5);
        record.Platform = values.Text(6);
        record.Viewer = values.Text(7);
        record.Device = values.Has(8) ? values.Text(8) : values.Text(9);
        record.Visit = values.Text(10);
        record.UserAgent = values.Text(11);
        record.Country = values.Text(12);
        record.Player = values.Tree(13);
        record.Session = values.Tree(14);
        record.Ad = values.Tree(15);
        record.Break = values.Tree(16);
        record.Page = values.Tree(17);
        record.Element = values.Tree(18);
        record.Client = values.Tree(19);
        return null;
    }

    private static void ReadTimes(in PickedValues values, ref SnowplowRecord record)
    {
        if (InstantText.TryParse(values.Text(1), out EventTime derived))
        {
            record.Time = derived;
            record.IsCorrected = true;
            return;
        }

        record.Time = InstantText.TryParse(values.Text(2), out EventTime created) ? created : null;
        record.Sent = InstantText.TryParse(values.Text(3), out EventTime sent) ? sent : null;
        record.Received = InstantText.TryParse(values.Text(4), out EventTime received) ? received : null;
    }

    private static IEnumerable<string> EventPaths()
    {
        for (int i = 1; i < SnowplowEvents.Names.Length; i++)
        {
            yield return $"unstruct_event_{Media}{SnowplowEvents.Names[i]}_event_1";
        }
    }
}
