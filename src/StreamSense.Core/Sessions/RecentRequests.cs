using System.Runtime.InteropServices;
using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions;

/// <summary>
/// The last requests of each player by their times: a view whose events come after those of a later one must still find what ended it.
/// </summary>
/// <remarks>
/// The shard's thread only. A ring in the order of arrival, whose oldest request makes room for a new one; the requests of a player are
/// linked from the latest time to the earliest.
/// </remarks>
internal sealed class RecentRequests(int capacity)
{
    private const int None = -1;
    private const int FirstRoom = 64;

    // Bounds the cost of a player whose requests come in any order; further back than this nobody looks.
    private const int MaxSteps = 4096;

    private readonly Dictionary<PlayerKey, int> _latest = [];
    private Entry[] _entries = [];
    private int _next;
    private int _used;

    /// <summary>Keeps a request.</summary>
    /// <param name="player">Whose it is.</param>
    /// <param name="request">The request.</param>
    /// <param name="time">When it applied, in microseconds.</param>
    public void Add(PlayerKey player, in StreamEvent request, long time)
    {
        int slot = Rent();
        ref Entry added = ref _entries[slot];
        added = new Entry
        {
            Player = player,
            Time = time,
            View = request.View,
            Title = request.Title,
            Context = request.Context,
            Later = None,
            Earlier = None,
        };

        ref int latest = ref CollectionsMarshal.GetValueRefOrAddDefault(_latest, player, out bool known);
        int earlier = known ? latest : None;
        for (int steps = 0; earlier != None && _entries[earlier].Time > time && steps < MaxSteps; steps++)
        {
            added.Later = earlier;
            earlier = _entries[earlier].Earlier;
        }

        added.Earlier = earlier;
        if (earlier != None)
        {
            _entries[earlier].Later = slot;
        }

        if (added.Later != None)
        {
            _entries[added.Later].Earlier = slot;
        }
        else
        {
            latest = slot;
        }
    }

    /// <summary>Finds the first request after an instant by which a player left a view for another title.</summary>
    /// <param name="view">The view.</param>
    /// <param name="after">The instant, in microseconds.</param>
    /// <param name="request">The request as an entry of the view's history.</param>
    public bool TryFindFirst(in ViewRow view, long after, out StreamEvent request)
    {
        request = default;
        int found = None;
        if (_latest.TryGetValue(PlayerIndex.KeyOf(view), out int slot))
        {
            for (int steps = 0; slot != None && _entries[slot].Time > after && steps < MaxSteps; steps++)
            {
                ref Entry entry = ref _entries[slot];
                found = ViewMachine.IsSuperseded(view, entry.View, entry.Title) ? slot : found;
                slot = entry.Earlier;
            }
        }

        if (found == None)
        {
            return false;
        }

        ref Entry first = ref _entries[found];
        request.Kind = EventKind.PlaybackRequest;
        request.Flags = EventFlags.Broadcast;
        request.Time = new EventTime(first.Time);
        request.View = first.View;
        request.Title = first.Title;
        request.Device = first.Player.Device;
        request.Context = first.Context;
        return true;
    }

    private int Rent()
    {
        int slot = _next;
        _next = slot + 1 == capacity ? 0 : slot + 1;
        if (slot < _used)
        {
            Remove(slot);
            return slot;
        }

        if (slot == _entries.Length)
        {
            Array.Resize(ref _entries, Math.Min(capacity, Math.Max(FirstRoom, slot * 2)));
        }

        _used++;
        return slot;
    }

    private void Remove(int slot)
    {
        ref Entry entry = ref _entries[slot];
        if (entry.Earlier != None)
        {
            _entries[entry.Earlier].Later = entry.Later;
        }

        if (entry.Later != None)
        {
            _entries[entry.Later].Earlier = entry.Earlier;
        }
        else if (entry.Earlier != None)
        {
            _latest[entry.Player] = entry.Earlier;
        }
        else
        {
            _latest.Remove(entry.Player);
        }
    }

    private struct Entry
    {
        public PlayerKey Player;
        public long Time;
        public ViewId View;
        public TitleId Title;
        public ContextId Context;
        public int Later;
        public int Earlier;
    }
}
