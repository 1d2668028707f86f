using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamSense.Ml.Features.State;

/// <summary>Numbers that begin at a cache line, so that no register is read from two of them.</summary>
/// <typeparam name="T">The numbers.</typeparam>
internal sealed class LineArray<T>
    where T : unmanaged
{
    private const int LineBytes = 64;

    private readonly T[] _numbers;
    private readonly int _first;
    private readonly int _length;

    /// <summary>Creates room for so many.</summary>
    public unsafe LineArray(int length)
    {
        // Pinned arrays are aligned to a word only, and stay where they are.
        _length = length;
        _numbers = GC.AllocateArray<T>(length + (LineBytes / sizeof(T)), pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref _numbers[0]);
        _first = (int)(-address & (LineBytes - 1)) / sizeof(T);
    }

    /// <summary>How many there are.</summary>
    public int Length => _length;

    /// <summary>The numbers.</summary>
    public Span<T> Numbers => _numbers.AsSpan(_first, _length);

    /// <summary>The first number, for reading many places without a check of each.</summary>
    public ref T First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_numbers), _first);
    }
}
