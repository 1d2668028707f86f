using System.Text;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Finds the known key of a name in one step: names have at most four letters, and no two of them share a place.</summary>
internal static class CmcdKeyIndex
{
    private const int Size = 256;

    // Keys of the standard that no event has a place for: to know them spares looking at their letters.
    private const string Unread = "dl nor nrr rtp sf tb tab lab lb tpb tbl bsa bsd bsda cs url smrt";

    private static readonly uint[] _names = new uint[Size];
    private static readonly CmcdKey[] _keys = new CmcdKey[Size];
    private static readonly uint _factor = Build();

    public static bool TryFind(ReadOnlySpan<byte> name, out CmcdKey key)
    {
        key = CmcdKey.Count;
        return name.Length is > 0 and <= sizeof(uint) && TryFind(Pack(name), out key) && key != CmcdKey.Count;
    }

    /// <summary>Finds a key of the standard.</summary>
    /// <param name="packed">The name, its first letter lowest; zeros above.</param>
    /// <param name="key">The key; <see cref="CmcdKey.Count"/> if nobody reads it.</param>
    public static bool TryFind(uint packed, out CmcdKey key)
    {
        uint place = (packed * _factor) >> 24;
        key = _keys[place];
        return _names[place] == packed;
    }

    private static uint Pack(ReadOnlySpan<byte> name)
    {
        uint packed = 0;
        for (int i = name.Length - 1; i >= 0; i--)
        {
            packed = (packed << 8) | name[i];
        }

        return packed;
    }

    private static uint Build()
    {
        var keys = new Dictionary<uint, CmcdKey>();
        for (CmcdKey key = 0; key < CmcdKey.Count; key++)
        {
            keys.Add(Pack(Encoding.UTF8.GetBytes(key.ToString().ToLowerInvariant())), key);
        }

        foreach (string name in Unread.Split(' '))
        {
            keys.Add(Pack(Encoding.UTF8.GetBytes(name)), CmcdKey.Count);
        }

        // The first factor under which no two names share a place; about one in a hundred is such.
        uint factor = 0x9E3779B1;
        while (!TryPlace(keys, factor))
        {
            factor += 2 * 0x3C6EF35Fu;
        }

        return factor;
    }

    private static bool TryPlace(Dictionary<uint, CmcdKey> keys, uint factor)
    {
        Array.Clear(_names);
        foreach ((uint packed, CmcdKey key) in keys)
        {
            uint place = (packed * factor) >> 24;
            if (_names[place] != 0)
            {
                return false;
            }

            _names[place] = packed;
            _keys[place] = key;
        }

        return true;
    }
}
