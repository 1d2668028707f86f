using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamSense.Ml.Ranking.Stages;

/// <summary>Working memory of a stage, cut into pieces.</summary>
internal static class StageMemory
{
    /// <summary>Cuts the front off.</summary>
    /// <param name="scratch">What is left of the memory.</param>
    /// <param name="count">How many are wanted.</param>
    /// <returns>Room for them, content undefined.</returns>
    /// <exception cref="ArgumentException">There is too little left.</exception>
    public static Span<T> Take<T>(ref Span<byte> scratch, int count)
        where T : unmanaged
    {
        int bytes = BytesOf<T>(count);
        if (scratch.Length < bytes)
        {
            throw new ArgumentException($"{bytes} bytes of scratch are needed, {scratch.Length} are left.", nameof(scratch));
        }

        Span<T> taken = MemoryMarshal.Cast<byte, T>(scratch[..bytes])[..count];
        scratch = scratch[bytes..];
        return taken;
    }

    /// <summary>How many bytes <see cref="Take"/> cuts off: a multiple of eight, so that what follows is aligned.</summary>
    /// <param name="count">How many are wanted.</param>
    public static int BytesOf<T>(int count)
        where T : unmanaged => ((count * Unsafe.SizeOf<T>()) + 7) & ~7;
}
