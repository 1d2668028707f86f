using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace StreamSense.Core.Buffering;

/// <summary>Fetches ahead what will be needed soon, so that several waits for memory overlap.</summary>
/// <remarks>
/// A hint: it reads nothing and faults on nothing. Does nothing on processors for which the runtime offers no such instruction.
/// </remarks>
internal static class CacheLines
{
    private const int LineBytes = 64;

    /// <summary>Fetches the line that a value begins in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch<T>(ref T value)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref value));
        }
    }

    /// <summary>Fetches the lines of a run of bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch<T>(ref T first, int bytes)
    {
        if (Sse.IsSupported)
        {
            byte* line = (byte*)Unsafe.AsPointer(ref first);
            for (int offset = 0; offset < bytes; offset += LineBytes)
            {
                Sse.Prefetch0(line + offset);
            }
        }
    }
}
