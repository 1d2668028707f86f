using System.Buffers;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Records that wait for one that was sent before them: a bounded pool, each session's in the order of their numbers.</summary>
/// <remarks>Not synchronised.</remarks>
internal sealed class CmcdHeldRecords(int capacity)
{
    private const int None = -1;

    private Held[] _held = new Held[Math.Min(capacity, 64)];
    private int _used;
    private int _free = None;
    private int _earliest = None;
    private int _latest = None;

    public int Count { get; private set; }

    public bool IsFull => Count == capacity;

    /// <summary>The record that has waited longest, or -1.</summary>
    public int Earliest => _earliest;

    public ref Held this[int index] => ref _held[index];

    /// <summary>Puts a record into a session's list.</summary>
    /// <remarks>Of two with the same number the second, a retry, comes after the first.</remarks>
    public void Add(ref CmcdSessionTable.Slot slot, int slotIndex, long number, ReadOnlySpan<byte> record, in CmcdOrigin origin)
    {
        int before = None;
        int after = slot.FirstHeld;
        while (after != None && _held[after].Number <= number)
        {
            before = after;
            after = _held[after].Next;
        }

        int index = Take();
        ref Held held = ref _held[index];
        held.Bytes = ArrayPool<byte>.Shared.Rent(record.Length);
        record.CopyTo(held.Bytes);
        held.Length = record.Length;
        held.Number = number;
        held.Origin = origin;
        held.SlotIndex = slotIndex;
        held.Next = after;
        if (before == None)
        {
            slot.FirstHeld = index;
        }
        else
        {
            _held[before].Next = index;
        }

        slot.HeldCount++;
        LinkLatest(index);
    }

    /// <summary>Takes the first record of a session's list out.</summary>
    public void RemoveFirst(ref CmcdSessionTable.Slot slot)
    {
        int index = slot.FirstHeld;
        ref Held held = ref _held[index];
        slot.FirstHeld = held.Next;
        slot.HeldCount--;
        Unlink(index);
        ArrayPool<byte>.Shared.Return(held.Bytes);
        held = default;
        held.Next = _free;
        _free = index;
        Count--;
    }

    private int Take()
    {
        Count++;
        if (_free != None)
        {
            int index = _free;
            _free = _held[index].Next;
            return index;
        }

        if (_used == _held.Length)
        {
            Array.Resize(ref _held, Math.Min(capacity, _held.Length * 2));
        }

        return _used++;
    }

    private void LinkLatest(int index)
    {
        _held[index].Earlier = _latest;
        _held[index].Later = None;
        if (_latest != None)
        {
            _held[_latest].Later = index;
        }

        _latest = index;
        _earliest = _earliest == None ? index : _earliest;
    }

    private void Unlink(int index)
    {
        ref Held held = ref _held[index];
        if (held.Later == None)
        {
            _latest = held.Earlier;
        }
        else
        {
            _held[held.Later].Earlier = held.Earlier;
        }

        if (held.Earlier == None)
        {
            _earliest = held.Later;
        }
        else
        {
            _held[held.Earlier].Later = held.Later;
        }
    }

    internal struct Held
    {
        public byte[] Bytes;
        public int Length;
        public long Number;
        public int SlotIndex;

        /// <summary>The session's next record, or the next free place.</summary>
        public int Next;

        public int Earlier;
        public int Later;
        public CmcdOrigin Origin;
    }
}
