using System.Runtime.InteropServices;
using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest;

/// <summary>The events of one record with their annexes, until it is known that all of them can be taken.</summary>
/// <remarks>One thread at a time; allocates nothing once it has held the largest record.</remarks>
internal sealed class RecordEvents : IRecordEvents
{
    private readonly List<StreamEvent> _events = [];
    private readonly List<int> _annexEnds = [];
    private byte[] _annexes = new byte[1024];

    public int Count => _events.Count;

    public ref readonly StreamEvent this[int index] => ref CollectionsMarshal.AsSpan(_events)[index];

    public ReadOnlySpan<byte> AnnexAt(int index)
    {
        int start = index == 0 ? 0 : _annexEnds[index - 1];
        return _annexes.AsSpan(start, _annexEnds[index] - start);
    }

    public void Clear()
    {
        _events.Clear();
        _annexEnds.Clear();
    }

    /// <summary>Adds an event; all but the first are marked as derived, so that totals count records.</summary>
    public void Add(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        int start = Count == 0 ? 0 : _annexEnds[^1];
        if (_annexes.Length < start + annex.Length)
        {
            Array.Resize(ref _annexes, Math.Max(start + annex.Length, _annexes.Length * 2));
        }

        annex.CopyTo(_annexes.AsSpan(start));
        _annexEnds.Add(start + annex.Length);
        _events.Add(streamEvent);
        if (Count > 1)
        {
            CollectionsMarshal.AsSpan(_events)[^1].Flags |= EventFlags.Derived;
        }
    }
}
