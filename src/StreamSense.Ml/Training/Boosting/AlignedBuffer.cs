using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamSense.Ml.Training.Boosting;

/// <summary>Numbers that begin at a cache line and never move.</summary>
/// <typeparam name="T">What they are.</typeparam>
internal sealed unsafe class AlignedBuffer<T>
    where T : unmanaged
{
    private const int Line = 64;

    // Keeps the memory: the pointer alone would not.
    private readonly byte[] _memory;

    /// <summary>Takes memory, all zero.</summary>
    /// <param name="length">How many there are.</param>
    public AlignedBuffer(int length)
    {
        Length = length;
        _memory = GC.AllocateArray<byte>(checked((length * sizeof(T)) + Line), pinned: true);
        nint start = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
        Pointer = (T*)((start + Line - 1) & ~(nint)(Line - 1));
    }

    /// <summary>How many there are.</summary>
    public int Length { get; }

    /// <summary>The first of them; valid as long as this object is reachable.</summary>
    public T* Pointer { get; }

    /// <summary>All of them.</summary>
    public Span<T> Span => new(Pointer, Length);
}
