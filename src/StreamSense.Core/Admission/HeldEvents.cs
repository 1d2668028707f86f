using StreamSense.Core.Events;

namespace StreamSense.Core.Admission;

/// <summary>The bounded pool of events that wait for an earlier one.</summary>
/// <remarks>Slots are numbers; a slot keeps its annex memory when it is freed, so that a warm pool allocates nothing. One thread.</remarks>
internal sealed class HeldEvents(int capacity)
{
    /// <summary>The number that stands for "no slot".</summary>
    public const int None = -1;

    private Slot[] _slots = [];
    private int _firstFree = None;

    /// <summary>How many events wait.</summary>
    public int Count { get; private set; }

    /// <summary>Whether no further event may wait.</summary>
    public bool IsFull => Count == capacity;

    /// <summary>The slot's contents.</summary>
    public ref Slot this[int slot] => ref _slots[slot];

    /// <summary>Takes a copy of an event; the pool must not be full.</summary>
    public int Hold(in StreamEvent streamEvent, ReadOnlySpan<byte> annex, long arrival)
    {
        if (_firstFree == None)
        {
            Grow();
        }

        int index = _firstFree;
        ref Slot slot = ref _slots[index];
        _firstFree = slot.Next;
        slot.Event = streamEvent;
        slot.Next = None;
        slot.Arrival = arrival;
        slot.State = SlotState.Waiting;
        slot.AnnexLength = annex.Length;
        if (annex.Length > 0)
        {
            if (slot.Annex is null || slot.Annex.Length < annex.Length)
            {
                slot.Annex = new byte[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)annex.Length)];
            }

            annex.CopyTo(slot.Annex);
        }

        Count++;
        return index;
    }

    /// <summary>Gives a slot back.</summary>
    public void Free(int index)
    {
        ref Slot slot = ref _slots[index];
        slot.State = SlotState.Free;
        slot.Generation++;
        slot.Next = _firstFree;
        _firstFree = index;
        Count--;
    }

    private void Grow()
    {
        int old = _slots.Length;
        Array.Resize(ref _slots, Math.Min(capacity, Math.Max(256, old * 2)));
        for (int i = _slots.Length - 1; i >= old; i--)
        {
            _slots[i].Next = _firstFree;
            _firstFree = i;
        }
    }

    /// <summary>Whether a slot is in use, and for what.</summary>
    internal enum SlotState : byte
    {
        Free,
        Waiting,
        Ready,
    }

    /// <summary>One waiting event.</summary>
    internal struct Slot
    {
        public StreamEvent Event;
        public byte[]? Annex;
        public int AnnexLength;
        public int Next;
        public int Generation;
        public long Arrival;
        public SlotState State;

        public readonly ReadOnlySpan<byte> AnnexBytes => Annex.AsSpan(0, AnnexLength);
    }
}
