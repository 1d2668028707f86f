using System.Runtime.CompilerServices;
using StreamSense.Core.Events;

namespace StreamSense.Core.Buffering;

/// <summary>The slots of a ring: memory that never moves, each event on cache lines of its own.</summary>
/// <remarks>
/// On the pinned heap rather than outside of it: a span into a slot keeps the memory alive, so that no order of closing and reading
/// can ever read freed memory.
/// </remarks>
internal sealed unsafe class EventSlots
{
    private const int Alignment = 128;

    private readonly StreamEvent[] _memory;
    private readonly StreamEvent* _first;
    private readonly int _mask;

    /// <summary>Takes the memory.</summary>
    /// <param name="count">How many slots, a power of two.</param>
    public EventSlots(int count)
    {
        _memory = GC.AllocateUninitializedArray<StreamEvent>(count + 1, pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref _memory[0]);
        _first = (StreamEvent*)((address + Alignment - 1) & -Alignment);
        _mask = count - 1;
    }

    /// <summary>How many slots there are.</summary>
    public int Count => _mask + 1;

    /// <summary>The slot of a position.</summary>
    public ref StreamEvent this[long position]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _first[position & _mask];
    }

    /// <summary>The run of slots from a position on, cut where the memory ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<StreamEvent> Run(long position, long count)
    {
        int index = (int)(position & _mask);
        return System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref _first[index], (int)Math.Min(count, _mask + 1 - index));
    }
}
