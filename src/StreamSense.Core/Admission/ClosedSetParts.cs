using System.Runtime.InteropServices;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Core.Admission;

/// <summary>Cuts a closed set into parts that can be measured apart.</summary>
/// <remarks>
/// A request ends other views of its player, so the views that share a device, and the devices that share a view, belong together: they
/// are found as connected components (union-find with path halving). Everything else about people and titles merges.
/// </remarks>
internal static class ClosedSetParts
{
    /// <summary>The indices of the events of each part, in the order of the set; late events are in none.</summary>
    public static List<int>[] Of(EventPages events, List<bool> isLate, int count)
    {
        var parts = new List<int>[count];
        for (int i = 0; i < count; i++)
        {
            parts[i] = new List<int>((events.Count / count) + 16);
        }

        var components = new Components();
        for (int i = 0; i < events.Count; i++)
        {
            ref StreamEvent e = ref events[i];
            if (!isLate[i] && !e.View.IsNone && !e.Device.IsNone)
            {
                components.Join(e.View, e.Device);
            }
        }

        for (int i = 0; i < events.Count; i++)
        {
            if (!isLate[i])
            {
                parts[PartOf(events[i], components, count)].Add(i);
            }
        }

        return parts;
    }

    private static int PartOf(in StreamEvent e, Components components, int count)
    {
        if (e.View.IsNone)
        {
            return ShardRouting.ShardOf(e, count);
        }

        int component = components.Of(e.View);
        return component < 0 ? ShardRouting.ShardOf(e, count) : (int)(((ulong)unchecked((uint)component * 0x9E37_79B1U) * (ulong)count) >> 32);
    }

    private sealed class Components
    {
        private readonly Dictionary<ulong, int> _views = [];
        private readonly Dictionary<ulong, int> _devices = [];
        private readonly List<int> _parents = [];

        // Events of a view come in runs, and nearly all of them name the same device.
        private ViewId _lastView;
        private DeviceId _lastDevice;

        public void Join(ViewId view, DeviceId device)
        {
            if (view == _lastView && device == _lastDevice)
            {
                return;
            }

            _lastView = view;
            _lastDevice = device;
            int first = RootOf(NodeOf(_views, view.Value));
            int second = RootOf(NodeOf(_devices, device.Value));
            _parents[Math.Max(first, second)] = Math.Min(first, second);
        }

        public int Of(ViewId view) => _views.TryGetValue(view.Value, out int node) ? RootOf(node) : -1;

        private int NodeOf(Dictionary<ulong, int> nodes, ulong key)
        {
            ref int node = ref CollectionsMarshal.GetValueRefOrAddDefault(nodes, key, out bool known);
            if (!known)
            {
                node = _parents.Count;
                _parents.Add(node);
            }

            return node;
        }

        private int RootOf(int node)
        {
            while (_parents[node] != node)
            {
                _parents[node] = _parents[_parents[node]];
                node = _parents[node];
            }

            return node;
        }
    }
}
