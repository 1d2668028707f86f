using System.Buffers;
using System.Buffers.Text;
using System.Text.Unicode;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Mapping;

namespace StreamSense.Core.Ingest.Snowplow;

/// <summary>Reads an event as trackers send it: an object of short names, the event and its entities as JSON within it.</summary>
/// <remarks>The tracker protocol, version 2. One thread at a time; allocates nothing once warm.</remarks>
internal sealed class SnowplowTrackerReader(TextArena arena)
{
    private const int MaxEntities = 32;

    private static readonly string[] _envelopePaths =
    [
        "e", "eid", "dtm", "stm", "aid", "p", "uid", "duid", "nuid", "tnuid", "sid", "ua", "ue_px", "ue_pr", "cx", "co",
    ];

    private static readonly string[] _eventPaths = ["data.schema", "data.data"];

    private readonly JsonPicker _envelope = new(_envelopePaths);
    private readonly JsonPicker _event = new(_eventPaths);
    private readonly JsonPicker _entities = new(EntityPaths());

    /// <summary>Reads an event; one that is none of a media player has no <see cref="SnowplowRecord.Event"/>.</summary>
    /// <param name="element">The object.</param>
    /// <param name="record">What it says.</param>
    /// <returns>What is wrong with it; null if nothing is.</returns>
    public string? Read(ReadOnlySpan<byte> element, ref SnowplowRecord record)
    {
        if (!_envelope.TryPick(element, arena, out PickedValues values))
        {
            return "expected an object of the tracker protocol";
        }

        if (!values.Text(0).SequenceEqual("ue"u8))
        {
            return null;
        }

        record.Id = values.Text(1);
        record.Time = InstantText.TryParse(values.Text(2), out EventTime time) ? time : null;
        record.Sent = InstantText.TryParse(values.Text(3), out EventTime sent) ? sent : null;
        record.App = values.Text(4);
        record.Platform = values.Text(5);
        record.Viewer = values.Text(6);
        record.Device = values.Has(7) ? values.Text(7) : values.Has(8) ? values.Text(8) : values.Text(9);
        record.Visit = values.Text(10);
        record.UserAgent = values.Text(11);
        bool hasEvent = TryJson(values.Text(12), values.Text(13), out ReadOnlySpan<byte> unstructured);
        bool hasEntities = TryJson(values.Text(14), values.Text(15), out ReadOnlySpan<byte> entities);
        return !hasEvent ? "ue_px, ue_pr: expected an event as JSON"
            : !hasEntities && !entities.IsEmpty ? "cx, co: expected entities as JSON"
            : !TryEvent(unstructured, ref record) ? "ue_px, ue_pr: expected an event with its schema"
            : entities.IsEmpty || TryEntities(entities, ref record) ? null
            : "cx, co: expected entities with their schemas";
    }

    private bool TryEvent(ReadOnlySpan<byte> unstructured, ref SnowplowRecord record)
    {
        if (!_event.TryPick(unstructured, arena, out PickedValues values) || values.Text(0).IsEmpty)
        {
            return false;
        }

        record.Event = SnowplowEvents.Find(values.Text(0));
        record.Data = values.Tree(1);
        return true;
    }

    private bool TryEntities(ReadOnlySpan<byte> entities, ref SnowplowRecord record)
    {
        if (!_entities.TryPick(entities, arena, out PickedValues values))
        {
            return false;
        }

        for (int i = 0; i < MaxEntities * 2; i += 2)
        {
            ReadOnlySpan<byte> schema = values.Text(i);
            ReadOnlySpan<byte> data = values.Tree(i + 1);
            if (data.IsEmpty || !schema.StartsWith("iglu:"u8))
            {
                continue;
            }

            int end = schema.IndexOf("/jsonschema/"u8);
            Take(end < 0 ? default : schema[5..end], data, ref record);
        }

        return true;
    }

    private static void Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, ref SnowplowRecord record)
    {
        if (name.SequenceEqual("com.snowplowanalytics.snowplow/media_player"u8))
        {
            record.Player = data;
        }
        else if (name.SequenceEqual("com.snowplowanalytics.snowplow.media/session"u8))
        {
            record.Session = data;
        }
        else if (name.SequenceEqual("com.snowplowanalytics.snowplow.media/ad"u8))
        {
            record.Ad = data;
        }
        else if (name.SequenceEqual("com.snowplowanalytics.snowplow.media/ad_break"u8))
        {
            record.Break = data;
        }
        else if (name.SequenceEqual("com.snowplowanalytics.snowplow/web_page"u8))
        {
            record.Page = data;
        }
        else if (name.SequenceEqual("org.whatwg/media_element"u8))
        {
            record.Element = data;
        }
        else if (name.SequenceEqual("com.snowplowanalytics.snowplow/client_session"u8))
        {
            record.Client = data;
        }
    }

    // False and empty if neither is there; false and not empty if it cannot be read.
    private bool TryJson(ReadOnlySpan<byte> encoded, ReadOnlySpan<byte> plain, out ReadOnlySpan<byte> json)
    {
        json = encoded.IsEmpty ? plain : encoded;
        if (encoded.IsEmpty)
        {
            return !plain.IsEmpty;
        }

        Span<byte> room = arena.Rent(Base64.GetMaxDecodedFromUtf8Length(json.Length + 4));
        bool isPlainAlphabet = json.ContainsAny((byte)'+', (byte)'/');
        OperationStatus status = isPlainAlphabet
            ? Base64.DecodeFromUtf8(json, room, out _, out int written)
            : Base64Url.DecodeFromUtf8(json, room, out _, out written);
        if (status != OperationStatus.Done || !Utf8.IsValid(room[..written]))
        {
            return false;
        }

        json = room[..written];
        return true;
    }

    private static string[] EntityPaths()
    {
        string[] paths = new string[MaxEntities * 2];
        for (int i = 0; i < MaxEntities; i++)
        {
            paths[i * 2] = $"data[{i}].schema";
            paths[(i * 2) + 1] = $"data[{i}].data";
        }

        return paths;
    }
}
