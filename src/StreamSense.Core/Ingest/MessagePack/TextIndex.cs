using System.Buffers.Binary;
using System.Numerics;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>Finds the place of bytes that have been seen before in a batch.</summary>
/// <remarks>
/// One thread at a time; grows to its limit and allocates nothing then. The hash is not keyed: who floods it slows down nobody's
/// batches but their own, and no more than sixteen places are looked at.
/// </remarks>
internal sealed class TextIndex(int capacity)
{
    private const int MaxProbes = 16;

    private readonly List<(int Start, int Length)> _places = [];
    private int[] _slots = new int[256];
    private byte[] _bytes = new byte[4096];
    private int _used;

    public int Count => _places.Count;

    public void Clear()
    {
        _places.Clear();
        Array.Clear(_slots);
        _used = 0;
    }

    /// <summary>The place of bytes, added if there is room.</summary>
    /// <returns>The place, and whether it is a new one; -1 if there is no room.</returns>
    public (int Place, bool IsNew) Add(ReadOnlySpan<byte> bytes)
    {
        int mask = _slots.Length - 1;
        int slot = Hash(bytes) & mask;
        for (int probe = 0; probe < MaxProbes && _slots[slot] != 0; probe++)
        {
            int place = _slots[slot] - 1;
            (int start, int length) = _places[place];
            if (bytes.SequenceEqual(_bytes.AsSpan(start, length)))
            {
                return (place, false);
            }

            slot = (slot + 1) & mask;
        }

        return _places.Count < capacity ? (Append(bytes, slot), true) : (-1, false);
    }

    private int Append(ReadOnlySpan<byte> bytes, int slot)
    {
        if (_bytes.Length - _used < bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + bytes.Length));
        }

        bytes.CopyTo(_bytes.AsSpan(_used));
        _places.Add((_used, bytes.Length));
        _used += bytes.Length;

        // A full neighbourhood forgets one of its entries: those bytes are then written twice, and nothing is wrong.
        _slots[slot] = _places.Count;
        if (_places.Count * 2 > _slots.Length)
        {
            Rehash();
        }

        return _places.Count - 1;
    }

    private void Rehash()
    {
        _slots = new int[_slots.Length * 4];
        int mask = _slots.Length - 1;
        for (int place = 0; place < _places.Count; place++)
        {
            (int start, int length) = _places[place];
            int slot = Hash(_bytes.AsSpan(start, length)) & mask;
            for (int probe = 0; probe < MaxProbes && _slots[slot] != 0; probe++)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = place + 1;
        }
    }

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        uint low = (uint)bytes.Length;
        uint high = ~low;
        while (bytes.Length >= sizeof(ulong))
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            low = BitOperations.Crc32C(low, word);
            high = BitOperations.Crc32C(high, word * 0x9E3779B97F4A7C15UL);
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes)
        {
            low = BitOperations.Crc32C(low, value);
        }

        return (int)((low ^ (high * 0x85EBCA6Bu)) & int.MaxValue);
    }
}
