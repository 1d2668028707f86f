using StreamSense.Core.Events;

namespace StreamSense.Core.Admission;

/// <summary>A growing list of events in pages that are never copied.</summary>
internal sealed class EventPages
{
    private const int PageBits = 13;
    private const int PageSize = 1 << PageBits;

    private readonly List<StreamEvent[]> _pages = [];

    /// <summary>How many events there are.</summary>
    public int Count { get; private set; }

    /// <summary>An event by its index.</summary>
    public ref StreamEvent this[int index] => ref _pages[index >> PageBits][index & (PageSize - 1)];

    /// <summary>Appends a copy of an event.</summary>
    public void Add(in StreamEvent streamEvent)
    {
        if (Count == _pages.Count << PageBits)
        {
            _pages.Add(new StreamEvent[PageSize]);
        }

        this[Count++] = streamEvent;
    }
}
