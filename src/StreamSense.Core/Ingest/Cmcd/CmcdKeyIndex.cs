using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Finds the known key of a name in one step: names have at most four letters, and no two of them share a place.</summary>
internal static class CmcdKeyIndex
{
    private const int Size = 256;

    // Keys of the standard that no event has a place for: to know them spares looking at their letters.
    private const string Unread = "dl nor nrr rtp sf tb tab lab lb tpb tbl bsa bsd bsda cs url smrt";

    // The name, as Pack gives it, and the key in its lowest byte.
    private static readonly ulong[] _entries = new ulong[Size];
    private static readonly ulong _factor = Build();

    public static bool TryFind(ReadOnlySpan<byte> name, out CmcdKey key)
    {
        key = name.Length is > 0 and <= sizeof(uint) ? Find(Pack(name)) : CmcdKey.Count;
        return key < CmcdKey.Count;
    }

    /// <summary>The key of a name; <see cref="CmcdKey.Count"/> if nobody reads it, more if it is none of the standard.</summary>
    /// <param name="packed">The name, its last letter highest, zeros below its first.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CmcdKey Find(ulong packed)
    {
        ref ulong entries = ref MemoryMarshal.GetArrayDataReference(_entries);
        ulong difference = Unsafe.Add(ref entries, (nint)((packed * _factor) >> 56)) - packed;
        return (CmcdKey)Math.Min(difference, byte.MaxValue);
    }

    private static ulong Pack(ReadOnlySpan<byte> name)
    {
        ulong packed = 0;
        for (int i = name.Length - 1; i >= 0; i--)
        {
            packed = (packed << 8) | name[i];
        }

        return packed << (64 - (8 * name.Length));
    }

    private static ulong Build()
    {
        var keys = new Dictionary<ulong, CmcdKey>();
        for (CmcdKey key = 0; key < CmcdKey.Count; key++)
        {
            keys.Add(Pack(Encoding.UTF8.GetBytes(key.ToString().ToLowerInvariant())), key);
        }

        foreach (string name in Unread.Split(' '))
        {
            keys.Add(Pack(Encoding.UTF8.GetBytes(name)), CmcdKey.Count);
        }

        // The first factor under which no two names share a place; about one in a hundred is such.
        ulong factor = 0x9E3779B97F4A7C15;
        while (!TryPlace(keys, factor))
        {
            factor += 2 * 0x3C6EF372FE94F82B;
        }

        return factor;
    }

    private static bool TryPlace(Dictionary<ulong, CmcdKey> keys, ulong factor)
    {
        Array.Clear(_entries);
        foreach ((ulong packed, CmcdKey key) in keys)
        {
            ref ulong entry = ref _entries[(packed * factor) >> 56];
            if (entry != 0)
            {
                return false;
            }

            entry = packed | (ulong)key;
        }

        return true;
    }
}
