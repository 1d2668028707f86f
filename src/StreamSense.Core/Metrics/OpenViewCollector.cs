using System.Buffers;
using System.Runtime.InteropServices;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics;

/// <summary>
/// Adds to a snapshot what only open views know: who is still starting, how long plays last so far, and startups by group.
/// </summary>
/// <remarks>
/// The shard waits meanwhile, and there may be a million views: what they share is added up by number and told once. Titles are many, so
/// that their views are put in the order of titles first: the sums of a title then come into the cache once and not for each view.
/// </remarks>
internal sealed class OpenViewCollector(MetricsPartial partial, GroupTable groups, int mostViews) : IOpenViewVisitor
{
    private const long NoSecond = long.MinValue;

    private readonly MetricCell?[] _cells = new MetricCell?[groups.Count];
    private readonly int[] _placesOfTitle = new int[groups.Count + 1];
    private readonly ViewOfTitle[] _views = ArrayPool<ViewOfTitle>.Shared.Rent(mostViews);
    private int _count;

    // By group and second: views end in few of both. Those of one title are fewer still, and soon forgotten.
    private readonly Dictionary<ulong, int> _ends = [];
    private readonly Dictionary<ulong, int> _endsOfTitle = [];

    /// <inheritdoc/>
    public void Visit(in ViewRow view)
    {
        bool starting = !view.Has(ViewFlags.Started);
        long after = starting ? NoSecond : MetricsRecorder.SecondOf(new EventTime(view.Last)) + 1;
        bool endsWithTitle = !starting && view.PlayGroups.Title == view.Groups.Title;
        _views[_count++] = new ViewOfTitle(
            view.Groups.Title, starting, view.Startup, view.ContentStartup, endsWithTitle ? after : NoSecond);
        _placesOfTitle[view.Groups.Title + 1]++;
        AddToGroup(view.Groups.Cdn, view, starting);
        AddToGroup(view.Groups.Country, view, starting);
        AddToGroup(view.Groups.DeviceKind, view, starting);
        if (starting)
        {
            partial.CellOf(GroupKey.Whole).Sums[QualityCount.StillStarting]++;
            return;
        }

        AddEnd(_ends, 0, after);
        AddEnd(_ends, view.PlayGroups.Cdn, after);
        AddEnd(_ends, view.PlayGroups.Country, after);
        AddEnd(_ends, view.PlayGroups.DeviceKind, after);
        if (!endsWithTitle)
        {
            AddEnd(_ends, view.PlayGroups.Title, after);
        }
    }

    /// <summary>Tells the snapshot what the views have in common; called once, after the last of them.</summary>
    public void Complete()
    {
        Tell(_ends);
        int[] order = ArrayPool<int>.Shared.Rent(_count);
        int[] places = _placesOfTitle;
        for (int title = 1; title < places.Length; title++)
        {
            places[title] += places[title - 1];
        }

        for (int i = 0; i < _count; i++)
        {
            order[places[_views[i].Title]++] = i;
        }

        for (int from = 0; from < _count;)
        {
            int title = _views[order[from]].Title;
            int end = places[title];
            AddTitle(title, order.AsSpan(from, end - from));
            from = end;
        }

        ArrayPool<int>.Shared.Return(order);
        ArrayPool<ViewOfTitle>.Shared.Return(_views);
    }

    private void AddTitle(int title, ReadOnlySpan<int> views)
    {
        MetricCell cell = partial.CellOf(groups[title]);
        foreach (int i in views)
        {
            ref readonly ViewOfTitle view = ref _views[i];
            cell.AddStartups(view.Startup, view.ContentStartup);
            cell.Sums[QualityCount.StillStarting] += view.IsStarting ? 1 : 0;
            if (view.After != NoSecond)
            {
                AddEnd(_endsOfTitle, title, view.After);
            }
        }

        Tell(_endsOfTitle);
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

    private void Tell(Dictionary<ulong, int> ends)
    {
        ConcurrencyLeaf concurrency = partial.Concurrency[0];
        foreach (KeyValuePair<ulong, int> end in ends)
        {
            concurrency.Add(groups[(int)(end.Key >> 32)], (uint)end.Key, -end.Value);
        }

        ends.Clear();
    }

    // Seconds are kept in 32 bits, as the table of a shard has them.
    private static void AddEnd(Dictionary<ulong, int> ends, int group, long second) =>
        CollectionsMarshal.GetValueRefOrAddDefault(ends, ((ulong)(uint)group << 32) | (uint)second, out _)++;

    private readonly record struct ViewOfTitle(int Title, bool IsStarting, long Startup, long ContentStartup, long After);
}
