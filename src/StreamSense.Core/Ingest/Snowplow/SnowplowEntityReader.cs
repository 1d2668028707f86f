using StreamSense.Core.Ingest.Mapping;

namespace StreamSense.Core.Ingest.Snowplow;

/// <summary>Reads the entities of a record that concern the player.</summary>
/// <remarks>One thread at a time; allocates nothing once warm.</remarks>
internal sealed class SnowplowEntityReader(TextArena arena)
{
    private readonly JsonPicker _player = new("label", "currentTime", "duration", "playbackRate", "paused", "livestream");
    private readonly JsonPicker _session = new("mediaSessionId", "pingInterval");
    private readonly JsonPicker _page = new("id");
    private readonly JsonPicker _element = new("htmlId");
    private readonly JsonPicker _client = new("userId", "sessionId");

    /// <summary>What the player's own entities say.</summary>
    public SnowplowPlayer ReadPlayer(in SnowplowRecord record)
    {
        _player.TryPick(record.Player, arena, out PickedValues player);
        _session.TryPick(record.Session, arena, out PickedValues session);
        _element.TryPick(record.Element, arena, out PickedValues element);
        return new SnowplowPlayer
        {
            Label = player.Has(0) ? player.Text(0) : element.Text(0),
            Session = session.Text(0),
            Playhead = NumberOf(player, 1),
            DurationSeconds = NumberOf(player, 2),
            Rate = player.TryNumber(3, out double rate) && rate > 0 ? rate : 1,
            IsPaused = player.Truth(4),
            IsLive = player.Truth(5),
            PingSeconds = NumberOf(session, 1),
        };
    }

    /// <summary>The text that identifies the view; empty if nothing does.</summary>
    public ReadOnlySpan<byte> ViewOf(in SnowplowRecord record, in SnowplowPlayer player)
    {
        if (!player.Session.IsEmpty)
        {
            return player.Session;
        }

        _page.TryPick(record.Page, arena, out PickedValues page);
        ReadOnlySpan<byte> scope = page.Has(0) ? page.Text(0) : VisitOf(record);
        return scope.IsEmpty || player.Label.IsEmpty ? scope : Join(scope, (byte)'/', player.Label);
    }

    /// <summary>The device.</summary>
    public ReadOnlySpan<byte> DeviceOf(in SnowplowRecord record) => record.Device.IsEmpty ? ClientOf(record, 0) : record.Device;

    /// <summary>The visit.</summary>
    public ReadOnlySpan<byte> VisitOf(in SnowplowRecord record) => record.Visit.IsEmpty ? ClientOf(record, 1) : record.Visit;

    /// <summary>Two texts with a letter between, valid until the next record.</summary>
    public ReadOnlySpan<byte> Join(ReadOnlySpan<byte> first, byte between, ReadOnlySpan<byte> second)
    {
        Span<byte> text = arena.Rent(first.Length + 1 + second.Length);
        first.CopyTo(text);
        text[first.Length] = between;
        second.CopyTo(text[(first.Length + 1)..]);
        return text;
    }

    private ReadOnlySpan<byte> ClientOf(in SnowplowRecord record, int slot)
    {
        _client.TryPick(record.Client, arena, out PickedValues client);
        return client.Text(slot);
    }

    private static double NumberOf(in PickedValues values, int slot) => values.TryNumber(slot, out double number) ? number : double.NaN;
}
