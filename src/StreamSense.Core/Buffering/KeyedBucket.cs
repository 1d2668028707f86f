using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StreamSense.Core.Buffering;

/// <summary>Four keys of a <see cref="KeyedTable{TRow}"/> and the numbers of their rows: one cache line.</summary>
/// <remarks>Keys that are not in use repeat the first one, so that the lowest match is always right.</remarks>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal struct KeyedBucket
{
    /// <summary>How many bytes a bucket takes.</summary>
    public const int Bytes = 64;

    /// <summary>How many keys fit.</summary>
    public const int Keys = 4;

    private Keys4 _keys;
    private Rows4 _rows;

    /// <summary>The generation that the bucket is of; one of an older generation is empty.</summary>
    public uint Generation;

    /// <summary>How many keys are in use.</summary>
    public int Used;

    /// <summary>A bit for each key that equals another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Matches(ref KeyedBucket bucket, ulong key)
    {
        ref ulong keys = ref Unsafe.As<Keys4, ulong>(ref bucket._keys);
        if (Vector128.IsHardwareAccelerated)
        {
            return Vector256.Equals(Vector256.LoadUnsafe(ref keys), Vector256.Create(key)).ExtractMostSignificantBits();
        }

        return (keys == key ? 1u : 0)
            | (Unsafe.Add(ref keys, 1) == key ? 2u : 0)
            | (Unsafe.Add(ref keys, 2) == key ? 4u : 0)
            | (Unsafe.Add(ref keys, 3) == key ? 8u : 0);
    }

    /// <summary>The row of the lowest match.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="matches">What <see cref="Matches"/> gave; not 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RowOf(ref KeyedBucket bucket, uint matches) =>
        Unsafe.Add(ref Unsafe.As<Rows4, int>(ref bucket._rows), (nuint)(uint)BitOperations.TrailingZeroCount(matches));

    /// <summary>Adds a key where there is room.</summary>
    public void Add(ulong key, int row)
    {
        if (Used == 0)
        {
            ((Span<ulong>)_keys).Fill(key);
        }

        _keys[Used] = key;
        _rows[Used] = row;
        Used++;
    }

    [InlineArray(Keys)]
    private struct Keys4
    {
        private ulong _first;
    }

    [InlineArray(Keys)]
    private struct Rows4
    {
        private int _first;
    }
}
