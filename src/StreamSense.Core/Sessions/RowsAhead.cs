using System.Runtime.CompilerServices;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions;

/// <summary>Finds the rows of the events that come next, so that waiting for memory overlaps with the work on those before them.</summary>
/// <remarks>
/// The shard's thread only. Three steps, some events apart: the view's place in the index, then its row and its links, then its
/// neighbours in the list and the sums that the event will add to. What is found is a hint, checked when it is used.
/// </remarks>
internal sealed class RowsAhead(ViewTable table, ViewLists lists, ISessionObserver observer)
{
    // About as many events apart as memory takes time.
    private const int EventDistance = 28;
    private const int IndexDistance = 18;
    private const int RowDistance = 10;
    private const int SumsDistance = 4;

    // As many places as a power of two above the first distance.
    private const int Places = 32;

    private readonly uint[] _hashes = new uint[Places];
    private readonly int[] _rows = new int[Places];

    /// <summary>Begins a run of events.</summary>
    public void Begin(ReadOnlySpan<StreamEvent> events)
    {
        for (int i = 0; i < Math.Min(IndexDistance, events.Length); i++)
        {
            FindPlace(events, i);
        }

        for (int i = 0; i < Math.Min(RowDistance, events.Length); i++)
        {
            FindRow(events, i);
        }

        for (int i = 0; i < Math.Min(SumsDistance, events.Length); i++)
        {
            FindSums(events, i);
        }
    }

    /// <summary>Looks ahead of an event of the run, each once and in order.</summary>
    /// <returns>The row that the event's view had when it was looked for; <see cref="ViewTable.NoRow"/> if it had none.</returns>
    public int Next(ReadOnlySpan<StreamEvent> events, int i)
    {
        int row = _rows[i & (Places - 1)];
        if (i + EventDistance < events.Length)
        {
            CacheLines.Prefetch(ref Unsafe.AsRef(in events[i + EventDistance]), StreamEvent.SizeInBytes);
        }

        if (i + IndexDistance < events.Length)
        {
            FindPlace(events, i + IndexDistance);
        }

        if (i + RowDistance < events.Length)
        {
            FindRow(events, i + RowDistance);
        }

        if (i + SumsDistance < events.Length)
        {
            FindSums(events, i + SumsDistance);
        }

        return row;
    }

    private void FindPlace(ReadOnlySpan<StreamEvent> events, int i) =>
        _hashes[i & (Places - 1)] = table.PrefetchIndex(events[i].View);

    private void FindRow(ReadOnlySpan<StreamEvent> events, int i)
    {
        int row = table.PrefetchRow(_hashes[i & (Places - 1)], events[i].Kind != EventKind.Heartbeat);
        _rows[i & (Places - 1)] = row;
        if (row != ViewTable.NoRow)
        {
            lists.Prefetch(row);
        }
    }

    private void FindSums(ReadOnlySpan<StreamEvent> events, int i)
    {
        int row = _rows[i & (Places - 1)];
        if (row == ViewTable.NoRow)
        {
            return;
        }

        lists.PrefetchNeighbours(row);
        ref readonly StreamEvent e = ref events[i];
        ref readonly ViewRow view = ref table[row];
        if ((e.Kind != EventKind.Heartbeat || e.Time.UnixMicroseconds > view.RunUntil) && !view.Groups.AreUnknown)
        {
            CacheLines.Prefetch(ref table[row].Times);
            observer.Expect(view.Groups);
        }
    }
}
