using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Samples;

/// <summary>The views of least rank, in its order: of hashes a fair sample, of negated figures the greatest.</summary>
/// <remarks>
/// Bottom-k (Cohen and Kaplan, PODC 2007): equal views give equal samples in whatever order they come, and samples merge. A view that is
/// taken back leaves a place open that an earlier one, given up for it, would have had; hence more are kept than are shown.
/// </remarks>
internal sealed class SampleList(int capacity)
{
    private readonly ulong[] _ranks = new ulong[capacity];
    private readonly ViewSample[] _views = new ViewSample[capacity];

    public ReadOnlySpan<ViewSample> Views => _views.AsSpan(0, Count);

    public int Count { get; private set; }

    public void Add(ulong rank, in ViewSample view)
    {
        if (capacity == 0 || (Count == capacity && !IsBeforeLast(rank, view.View)))
        {
            return;
        }

        int place = PlaceOf(rank, view.View);
        if (place < Count && _views[place].View == view.View)
        {
            return;
        }

        int moved = Math.Min(Count, capacity - 1) - place;
        _ranks.AsSpan(place, moved).CopyTo(_ranks.AsSpan(place + 1));
        _views.AsSpan(place, moved).CopyTo(_views.AsSpan(place + 1));
        _ranks[place] = rank;
        _views[place] = view;
        Count = Math.Min(Count + 1, capacity);
    }

    public void Remove(ulong rank, ViewId view)
    {
        int place = PlaceOf(rank, view);
        if (place < Count && _views[place].View == view)
        {
            _ranks.AsSpan(place + 1, Count - place - 1).CopyTo(_ranks.AsSpan(place));
            _views.AsSpan(place + 1, Count - place - 1).CopyTo(_views.AsSpan(place));
            Count--;
        }
    }

    public void Merge(SampleList other)
    {
        for (int i = 0; i < other.Count; i++)
        {
            Add(other._ranks[i], other._views[i]);
        }
    }

    private bool IsBeforeLast(ulong rank, ViewId view) =>
        rank < _ranks[Count - 1] || (rank == _ranks[Count - 1] && view.Value < _views[Count - 1].View.Value);

    // Equal ranks stand in the order of their views, so that the order of coming leaves no trace.
    private int PlaceOf(ulong rank, ViewId view)
    {
        int place = _ranks.AsSpan(0, Count).BinarySearch(rank);
        place = place < 0 ? ~place : place;
        while (place > 0 && _ranks[place - 1] == rank)
        {
            place--;
        }

        while (place < Count && _ranks[place] == rank && _views[place].View.Value < view.Value)
        {
            place++;
        }

        return place;
    }
}
