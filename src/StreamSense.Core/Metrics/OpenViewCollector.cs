using System.Runtime.InteropServices;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics;

/// <summary>
/// Adds to a snapshot what only open views know: who is still starting, how long plays last so far, and startups by group.
/// </summary>
/// <remarks>The shard waits meanwhile, and there may be a million views: what they share is added up by number and told once.</remarks>
internal sealed class OpenViewCollector(MetricsPartial partial, GroupTable groups) : IOpenViewVisitor
{
    private readonly MetricCell?[] _cells = new MetricCell?[groups.Count];

    // By group and second: views end in few of both.
    private readonly Dictionary<ulong, int> _ends = [];

    /// <inheritdoc/>
    public void Visit(in ViewRow view)
    {
        bool starting = !view.Has(ViewFlags.Started);
        AddToGroup(view.Groups.Title, view, starting);
        AddToGroup(view.Groups.Cdn, view, starting);
        AddToGroup(view.Groups.Country, view, starting);
        AddToGroup(view.Groups.DeviceKind, view, starting);
        if (starting)
        {
            partial.CellOf(GroupKey.Whole).Sums[QualityCount.StillStarting]++;
            return;
        }

        long after = MetricsRecorder.SecondOf(new EventTime(view.Last)) + 1;
        AddEnd(0, after);
        AddEnd(view.PlayGroups.Title, after);
        AddEnd(view.PlayGroups.Cdn, after);
        AddEnd(view.PlayGroups.Country, after);
        AddEnd(view.PlayGroups.DeviceKind, after);
    }

    /// <summary>Tells the snapshot where the views end so far; called after the last of them.</summary>
    public void Complete()
    {
        ConcurrencyLeaf concurrency = partial.Concurrency[0];
        foreach (KeyValuePair<ulong, int> end in _ends)
        {
            concurrency.Add(groups[(int)(end.Key >> 32)], (uint)end.Key, -end.Value);
        }
    }

    private void AddToGroup(int group, in ViewRow view, bool starting)
    {
        MetricCell cell = _cells[group] ??= partial.CellOf(groups[group]);
        cell.AddStartups(view.Startup, view.ContentStartup);
        if (starting)
        {
            cell.Sums[QualityCount.StillStarting]++;
        }
    }

    // Seconds are kept in 32 bits, as the table of a shard has them.
    private void AddEnd(int group, long second) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_ends, ((ulong)(uint)group << 32) | (uint)second, out _)++;
}
