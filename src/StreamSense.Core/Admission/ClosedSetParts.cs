using System.Runtime.InteropServices;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Core.Admission;

/// <summary>Cuts a closed set into parts that can be measured apart.</summary>
/// <remarks>
/// A request ends other views of its player, and what one person or household did is told in order; so views, devices, viewers and
/// households that are named together belong together: they are found as connected components (union-find with path halving).
/// Everything else merges.
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
            if (!isLate[i])
            {
                components.Join(e);
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
        int component = components.Of(e);
        return component < 0
            ? ShardRouting.ShardOf(e, count)
            : (int)(((ulong)((uint)component * 0x9E37_79B1U) * (ulong)count) >> 32);
    }

    private sealed class Components
    {
        private const int None = -1;

        private readonly Dictionary<ulong, int> _views = [];
        private readonly Dictionary<ulong, int> _devices = [];
        private readonly Dictionary<ulong, int> _viewers = [];
        private readonly Dictionary<ulong, int> _households = [];
        private readonly List<int> _parents = [];

        // Events of a view come in runs, and nearly all of them name the same device and viewer.
        private ViewId _lastView;
        private DeviceId _lastDevice;
        private ViewerId _lastViewer;
        private HouseholdId _lastHousehold;

        public void Join(in StreamEvent e)
        {
            if (e.View == _lastView && e.Device == _lastDevice && e.Viewer == _lastViewer && e.Household == _lastHousehold)
            {
                return;
            }

            _lastView = e.View;
            _lastDevice = e.Device;
            _lastViewer = e.Viewer;
            _lastHousehold = e.Household;
            int first = NodeOf(_views, e.View.Value);
            first = Join(first, NodeOf(_devices, e.Device.Value));
            first = Join(first, NodeOf(_viewers, e.Viewer.Value));
            Join(first, NodeOf(_households, e.Household.Value));
        }

        /// <summary>The component of an event, or a negative number if it names none of them.</summary>
        public int Of(in StreamEvent e)
        {
            if (!e.View.IsNone)
            {
                return RootOf(_views[e.View.Value]);
            }

            if (!e.Viewer.IsNone)
            {
                return RootOf(_viewers[e.Viewer.Value]);
            }

            if (!e.Device.IsNone)
            {
                return RootOf(_devices[e.Device.Value]);
            }

            return e.Household.IsNone ? None : RootOf(_households[e.Household.Value]);
        }

        private int Join(int first, int second)
        {
            if (first == None || second == None)
            {
                return Math.Max(first, second);
            }

            int one = RootOf(first);
            int other = RootOf(second);
            _parents[Math.Max(one, other)] = Math.Min(one, other);
            return first;
        }

        private int NodeOf(Dictionary<ulong, int> nodes, ulong key)
        {
            if (key == 0)
            {
                return None;
            }

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
