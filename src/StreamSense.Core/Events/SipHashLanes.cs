using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StreamSense.Core.Events;

/// <summary>SipHash-2-4 of eight strings of twenty bytes at once, each a lane of a vector; the hashes of <see cref="SipHash"/>.</summary>
/// <remarks>
/// One hash is a chain of steps that wait for each other; eight side by side cost hardly more than one. Only where the processor has
/// vectors of 512 bits that rotate.
/// </remarks>
internal static class SipHashLanes
{
    /// <summary>How many hashes are made at once.</summary>
    public const int Count = 8;

    private const ulong Length = 20;

    /// <summary>Whether the processor can.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    /// <summary>Hashes eight strings of twenty bytes.</summary>
    /// <param name="key0">The first half of the key, with the domain.</param>
    /// <param name="key1">The second half.</param>
    /// <param name="words">The first eight bytes of each string, then the second eight of each, then the last four.</param>
    /// <param name="hashes">The hashes.</param>
    public static void Hash(ulong key0, ulong key1, ReadOnlySpan<ulong> words, Span<ulong> hashes)
    {
        Vector512<ulong> v0 = Vector512.Create(key0 ^ SipHash.Start0);
        Vector512<ulong> v1 = Vector512.Create(key1 ^ SipHash.Start1);
        Vector512<ulong> v2 = Vector512.Create(key0 ^ SipHash.Start2);
        Vector512<ulong> v3 = Vector512.Create(key1 ^ SipHash.Start3);
        for (int i = 0; i < 3; i++)
        {
            Vector512<ulong> word = Vector512.Create(words.Slice(i * Count, Count)) | Vector512.Create(i == 2 ? Length << 56 : 0);
            v3 ^= word;
            Round(ref v0, ref v1, ref v2, ref v3);
            Round(ref v0, ref v1, ref v2, ref v3);
            v0 ^= word;
        }

        v2 ^= Vector512.Create(0xffUL);
        for (int i = 0; i < 4; i++)
        {
            Round(ref v0, ref v1, ref v2, ref v3);
        }

        (v0 ^ v1 ^ v2 ^ v3).CopyTo(hashes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref Vector512<ulong> v0, ref Vector512<ulong> v1, ref Vector512<ulong> v2, ref Vector512<ulong> v3)
    {
        v0 += v1;
        v1 = Avx512F.RotateLeft(v1, 13) ^ v0;
        v0 = Avx512F.RotateLeft(v0, 32);
        v2 += v3;
        v3 = Avx512F.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Avx512F.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Avx512F.RotateLeft(v1, 17) ^ v2;
        v2 = Avx512F.RotateLeft(v2, 32);
    }
}
