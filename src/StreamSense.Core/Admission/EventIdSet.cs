using System.Numerics;
using System.Runtime.CompilerServices;
using StreamSense.Core.Events;

namespace StreamSense.Core.Admission;

/// <summary>A set of event ids: open addressing over an array that is at most half full.</summary>
/// <remarks>Ids are hashes under the host's key, so that clients cannot choose where they fall. One thread at a time.</remarks>
internal sealed class EventIdSet(int capacity)
{
    private ulong[] _slots = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity)) * 2];

    /// <summary>How many ids the set holds.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the set holds an id.</summary>
    public bool Contains(EventId id) => _slots[SlotOf(id)] != 0;

    /// <summary>Adds an id; grows beyond the first capacity when needed.</summary>
    /// <returns>False if the set held it already.</returns>
    public bool Add(EventId id)
    {
        int slot = SlotOf(id);
        if (_slots[slot] != 0)
        {
            return false;
        }

        _slots[slot] = id.Value;
        if (++Count > _slots.Length / 2)
        {
            Grow();
        }

        return true;
    }

    /// <summary>Empties the set and keeps its memory.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        Count = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SlotOf(EventId id)
    {
        int mask = _slots.Length - 1;
        int slot = (int)(id.Value >> 20) & mask;
        while (_slots[slot] != 0 && _slots[slot] != id.Value)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        ulong[] old = _slots;
        _slots = new ulong[old.Length * 2];
        foreach (ulong value in old)
        {
            if (value != 0)
            {
                _slots[SlotOf(new EventId(value))] = value;
            }
        }
    }
}
