using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace StreamSense.Ml.Features.State;

/// <summary>Asks for memory before it is needed, so that several waits overlap.</summary>
/// <remarks>A hint: it reads nothing and faults on nothing.</remarks>
internal static class MemoryFetch
{
    /// <summary>Fetches the cache line of a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch<T>(ref T value)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref value));
        }
    }
}
