using StreamSense.Core.Events;

namespace StreamSense.Ml.Training.Joins;

/// <summary>The rankings that wait for outcomes, by request, viewer, view and age.</summary>
/// <param name="maxOpen">How many there may be, and how many closed requests are remembered.</param>
internal sealed class OpenRankings(int maxOpen)
{
    private readonly Dictionary<RequestId, OpenRanking> _byRequest = [];
    private readonly Dictionary<ViewerId, List<OpenRanking>> _byViewer = [];
    private readonly Dictionary<ViewId, WatchedView> _views = [];
    private readonly PriorityQueue<OpenRanking, (long Time, long Number)> _byAge = new();
    private readonly HashSet<RequestId> _closed = [];
    private readonly Queue<RequestId> _closedByAge = new();
    private long _number;

    public int Count => _byRequest.Count;

    public bool IsFull => Count >= maxOpen;

    public OpenRanking? Oldest => _byAge.TryPeek(out OpenRanking? ranking, out _) ? ranking : null;

    public bool IsKnown(RequestId request) => _byRequest.ContainsKey(request) || _closed.Contains(request);

    public OpenRanking? Find(RequestId request) => _byRequest.GetValueOrDefault(request);

    public WatchedView? ViewOf(ViewId view) => view.IsNone ? null : _views.GetValueOrDefault(view);

    public void Add(OpenRanking ranking)
    {
        _byRequest.Add(ranking.Request, ranking);
        _byAge.Enqueue(ranking, (ranking.Time.UnixMicroseconds, _number++));
        if (!ranking.Viewer.IsNone)
        {
            if (!_byViewer.TryGetValue(ranking.Viewer, out List<OpenRanking>? theirs))
            {
                _byViewer.Add(ranking.Viewer, theirs = []);
            }

            // Nearly always the latest.
            int at = theirs.Count;
            while (at > 0 && theirs[at - 1].Time > ranking.Time)
            {
                at--;
            }

            theirs.Insert(at, ranking);
        }
    }

    public void AddView(OpenRanking ranking, int slot, WatchedView view)
    {
        _views[view.View] = view;
        (ranking.Slots[slot].Views ??= []).Add(view);
        ranking.Slots[slot].Requested = true;
    }

    /// <summary>The latest ranking of a viewer.</summary>
    public OpenRanking? LatestOf(ViewerId viewer) =>
        !viewer.IsNone && _byViewer.TryGetValue(viewer, out List<OpenRanking>? theirs) ? theirs[^1] : null;

    /// <summary>The viewer's ranking before another one.</summary>
    public OpenRanking? Before(OpenRanking ranking)
    {
        List<OpenRanking> theirs = _byViewer[ranking.Viewer];
        int at = theirs.LastIndexOf(ranking);
        return at > 0 ? theirs[at - 1] : null;
    }

    /// <summary>Takes the oldest ranking out; its request is remembered as closed.</summary>
    public OpenRanking TakeOldest()
    {
        OpenRanking ranking = _byAge.Dequeue();
        _byRequest.Remove(ranking.Request);
        if (_byViewer.TryGetValue(ranking.Viewer, out List<OpenRanking>? theirs))
        {
            theirs.Remove(ranking);
            if (theirs.Count == 0)
            {
                _byViewer.Remove(ranking.Viewer);
            }
        }

        foreach (ref OpenRanking.Slot slot in ranking.Slots)
        {
            foreach (WatchedView view in slot.Views ?? [])
            {
                _views.Remove(view.View);
            }
        }

        if (_closed.Count == maxOpen)
        {
            _closed.Remove(_closedByAge.Dequeue());
        }

        _closed.Add(ranking.Request);
        _closedByAge.Enqueue(ranking.Request);
        return ranking;
    }
}
