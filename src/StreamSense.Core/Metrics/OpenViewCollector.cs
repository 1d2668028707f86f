using StreamSense.Core.Events;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics;

/// <summary>
/// Adds to a snapshot what only open views know: who is still starting, how long plays last so far, and startups by group.
/// </summary>
internal sealed class OpenViewCollector(MetricsPartial partial, GroupTable groups) : IOpenViewVisitor
{
    private readonly ConcurrencyLeaf _concurrency = partial.Concurrency[0];

    /// <inheritdoc/>
    public void Visit(in ViewRow view)
    {
        ViewGroups set = view.Groups;
        AddToGroup(set.Title, view);
        AddToGroup(set.Cdn, view);
        AddToGroup(set.Country, view);
        AddToGroup(set.DeviceKind, view);
        if (!view.Has(ViewFlags.Started))
        {
            partial.CellOf(GroupKey.Whole).Sums[QualityCount.StillStarting]++;
            return;
        }

        long after = MetricsRecorder.SecondOf(new EventTime(view.Last)) + 1;
        ViewGroups played = view.PlayGroups;
        _concurrency.Add(GroupKey.Whole, after, -1);
        _concurrency.Add(groups[played.Title], after, -1);
        _concurrency.Add(groups[played.Cdn], after, -1);
        _concurrency.Add(groups[played.Country], after, -1);
        _concurrency.Add(groups[played.DeviceKind], after, -1);
    }

    private void AddToGroup(int group, in ViewRow view)
    {
        MetricCell cell = partial.CellOf(groups[group]);
        cell.AddStartups(view.Startup, view.ContentStartup);
        cell.Sums[QualityCount.StillStarting] += view.Has(ViewFlags.Started) ? 0 : 1;
    }
}
