using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StreamSense.Core.Events;

/// <summary>Hashes up to eight short texts at once, each as <see cref="SipHash"/> would under the key of its lane.</summary>
/// <remarks>
/// A record has several ids, and the rounds of one hash wait for each other: side by side in vectors they take little more time than the
/// longest of them alone. One thread at a time; allocates nothing.
/// </remarks>
internal sealed class SipHashLanes
{
    /// <summary>How many texts there may be.</summary>
    public const int Count = 8;

    /// <summary>The longest text, in bytes.</summary>
    public const int MaxLength = (MaxWords * sizeof(ulong)) - 1;

    private const int MaxWords = 8;
    private const int Half = Count / 2;

    private readonly ulong[] _keys0 = new ulong[Count];
    private readonly ulong[] _keys1 = new ulong[Count];
    private readonly ulong[] _words = new ulong[MaxWords * Count];
    private readonly ulong[] _wordCounts = new ulong[Count];
    private readonly ulong[] _hashes = new ulong[Count];
    private int _most;

    /// <summary>Whether this processor gains from it.</summary>
    public static bool IsFast => Avx2.IsSupported && BitConverter.IsLittleEndian;

    /// <summary>The hash of a lane whose text was set, after <see cref="Run"/>.</summary>
    public ulong this[int lane] => _hashes[lane];

    /// <summary>Whether a lane has a text.</summary>
    public bool Has(int lane) => _wordCounts[lane] != 0;

    /// <summary>Gives a lane its key.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="key0">The first half of the key, with the domain.</param>
    /// <param name="key1">The second half of the key.</param>
    public void SetKey(int lane, ulong key0, ulong key1)
    {
        _keys0[lane] = key0;
        _keys1[lane] = key1;
    }

    /// <summary>Forgets the texts.</summary>
    public void Clear()
    {
        Array.Clear(_wordCounts);
        _most = 0;
    }

    /// <summary>Sets the text of a lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="text">At most <see cref="MaxLength"/> bytes.</param>
    public void Set(int lane, ReadOnlySpan<byte> text)
    {
        int whole = text.Length / sizeof(ulong);
        Span<ulong> words = _words.AsSpan(lane);
        ref byte bytes = ref MemoryMarshal.GetReference(text);
        for (int i = 0; i < whole; i++)
        {
            words[i * Count] = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, i * sizeof(ulong)));
        }

        words[whole * Count] = ((ulong)text.Length << 56) | SipHash.Tail(text);
        _wordCounts[lane] = (ulong)whole + 1;
        _most = Math.Max(_most, whole + 1);
    }

    /// <summary>Hashes the texts that were set.</summary>
    public void Run()
    {
        ref ulong words = ref MemoryMarshal.GetArrayDataReference(_words);
        Vector256<ulong> lowCounts = Vector256.LoadUnsafe(ref _wordCounts[0]);
        Vector256<ulong> highCounts = Vector256.LoadUnsafe(ref _wordCounts[Half]);
        Begin(0, out Vector256<ulong> a0, out Vector256<ulong> a1, out Vector256<ulong> a2, out Vector256<ulong> a3);
        Begin(Half, out Vector256<ulong> b0, out Vector256<ulong> b1, out Vector256<ulong> b2, out Vector256<ulong> b3);
        for (int i = 0; i < _most; i++)
        {
            var place = Vector256.Create((ulong)i);
            Vector256<ulong> word = Vector256.LoadUnsafe(ref words, (nuint)(i * Count));
            Absorb(ref a0, ref a1, ref a2, ref a3, word, Vector256.GreaterThan(lowCounts, place));
            word = Vector256.LoadUnsafe(ref words, (nuint)((i * Count) + Half));
            Absorb(ref b0, ref b1, ref b2, ref b3, word, Vector256.GreaterThan(highCounts, place));
        }

        a2 ^= Vector256.Create(0xffUL);
        b2 ^= Vector256.Create(0xffUL);
        for (int i = 0; i < 4; i++)
        {
            Round(ref a0, ref a1, ref a2, ref a3);
            Round(ref b0, ref b1, ref b2, ref b3);
        }

        (a0 ^ a1 ^ a2 ^ a3).StoreUnsafe(ref _hashes[0]);
        (b0 ^ b1 ^ b2 ^ b3).StoreUnsafe(ref _hashes[Half]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Begin(
        int lane, out Vector256<ulong> v0, out Vector256<ulong> v1, out Vector256<ulong> v2, out Vector256<ulong> v3)
    {
        Vector256<ulong> key0 = Vector256.LoadUnsafe(ref _keys0[lane]);
        Vector256<ulong> key1 = Vector256.LoadUnsafe(ref _keys1[lane]);
        v0 = key0 ^ Vector256.Create(0x736f6d6570736575UL);
        v1 = key1 ^ Vector256.Create(0x646f72616e646f6dUL);
        v2 = key0 ^ Vector256.Create(0x6c7967656e657261UL);
        v3 = key1 ^ Vector256.Create(0x7465646279746573UL);
    }

    // Lanes whose text has ended keep their state.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Absorb(
        ref Vector256<ulong> v0, ref Vector256<ulong> v1, ref Vector256<ulong> v2, ref Vector256<ulong> v3,
        Vector256<ulong> word, Vector256<ulong> isOpen)
    {
        Vector256<ulong> n0 = v0;
        Vector256<ulong> n1 = v1;
        Vector256<ulong> n2 = v2;
        Vector256<ulong> n3 = v3 ^ word;
        Round(ref n0, ref n1, ref n2, ref n3);
        Round(ref n0, ref n1, ref n2, ref n3);
        v0 = Vector256.ConditionalSelect(isOpen, n0 ^ word, v0);
        v1 = Vector256.ConditionalSelect(isOpen, n1, v1);
        v2 = Vector256.ConditionalSelect(isOpen, n2, v2);
        v3 = Vector256.ConditionalSelect(isOpen, n3, v3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        ref Vector256<ulong> v0, ref Vector256<ulong> v1, ref Vector256<ulong> v2, ref Vector256<ulong> v3)
    {
        v0 += v1;
        v1 = Rotate(v1, 13) ^ v0;
        v0 = Rotate(v0, 32);
        v2 += v3;
        v3 = Rotate(v3, 16) ^ v2;
        v0 += v3;
        v3 = Rotate(v3, 21) ^ v0;
        v2 += v1;
        v1 = Rotate(v1, 17) ^ v2;
        v2 = Rotate(v2, 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Rotate(Vector256<ulong> value, [ConstantExpected] byte count) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateLeft(value, count) : (value << count) | (value >> (64 - count));
}
