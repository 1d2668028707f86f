using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamSense.Core.Events;

namespace StreamSense.Core.Buffering;

/// <summary>The bounded bytes beside a ring of events: each annex is one contiguous entry of a length and its bytes.</summary>
/// <remarks>
/// Space is taken and given back by the ring's producer alone, in slot order, so that it has no shared state of its own: a reader
/// sees an entry because it sees the slot that points to it.
/// </remarks>
internal sealed class AnnexRing : AnnexReader
{
    private const int Unit = 8;
    private const int LengthSize = sizeof(int);

    private readonly byte[] _bytes;

    // Producer side: bytes ever taken and ever given back; their difference is in use.
    private long _head;
    private long _tail;

    /// <summary>Takes the memory.</summary>
    /// <param name="capacity">The size in bytes, a power of two.</param>
    /// <param name="maxAnnexBytes">The longest annex.</param>
    public AnnexRing(int capacity, int maxAnnexBytes)
    {
        _bytes = GC.AllocateUninitializedArray<byte>(capacity, pinned: true);
        MaxAnnexBytes = maxAnnexBytes;
        WorstCaseEntry = 2 * EntrySize(maxAnnexBytes);
    }

    /// <summary>The longest annex in bytes.</summary>
    public int MaxAnnexBytes { get; }

    /// <summary>Free bytes that suffice for any annex, wherever the free space lies (producer side).</summary>
    public int WorstCaseEntry { get; }

    /// <summary>The size in bytes.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>Bytes in use (producer side).</summary>
    public int UsedBytes => (int)(_head - _tail);

    /// <summary>Bytes not in use (producer side).</summary>
    public int FreeBytes => _bytes.Length - UsedBytes;

    /// <summary>Whether no entry is in use (producer side).</summary>
    public bool IsEmpty => _head == _tail;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Read(AnnexHandle handle)
    {
        if (handle.IsNone)
        {
            return default;
        }

        int offset = OffsetOf(handle);
        int length = Unsafe.ReadUnaligned<int>(ref _bytes[offset]);
        return _bytes.AsSpan(offset + LengthSize, length);
    }

    /// <summary>Copies an annex into the ring, if there is room (producer side).</summary>
    /// <param name="annex">The bytes, not empty.</param>
    /// <param name="handle">Where they lie.</param>
    public bool TryWrite(ReadOnlySpan<byte> annex, out AnnexHandle handle)
    {
        int size = EntrySize(annex.Length);
        int offset = (int)(_head & (_bytes.Length - 1));
        int skipped = offset + size > _bytes.Length ? _bytes.Length - offset : 0;
        if (skipped + size > FreeBytes)
        {
            handle = AnnexHandle.None;
            return false;
        }

        offset = skipped > 0 ? 0 : offset;
        MemoryMarshal.Write(_bytes.AsSpan(offset), annex.Length);
        annex.CopyTo(_bytes.AsSpan(offset + LengthSize));
        handle = new AnnexHandle((uint)(offset / Unit) + 1);
        _head += skipped + size;
        return true;
    }

    /// <summary>Gives back everything up to and including an entry (producer side).</summary>
    /// <param name="handle">The newest entry whose slot is released.</param>
    public void ReleaseThrough(AnnexHandle handle)
    {
        int offset = OffsetOf(handle);
        int end = offset + EntrySize(Unsafe.ReadUnaligned<int>(ref _bytes[offset]));

        // The end lies after the tail, by one lap at most; a distance of zero is a whole lap.
        long distance = (end - _tail) & (_bytes.Length - 1);
        _tail += distance == 0 ? _bytes.Length : distance;
    }

    private static int EntrySize(int length) => (LengthSize + length + Unit - 1) & -Unit;

    private static int OffsetOf(AnnexHandle handle) => (int)(handle.Value - 1) * Unit;
}
