namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Finds the known key of a name without hashing it: names have at most four letters.</summary>
internal static class CmcdKeyIndex
{
    private const int Size = 128;

    private static readonly (uint Name, CmcdKey Key)[] _slots = Build();

    public static bool TryFind(ReadOnlySpan<byte> name, out CmcdKey key)
    {
        key = CmcdKey.Count;
        if (name.Length > sizeof(uint))
        {
            return false;
        }

        uint packed = Pack(name);
        for (int place = PlaceOf(packed); _slots[place].Name != 0; place = (place + 1) % Size)
        {
            if (_slots[place].Name == packed)
            {
                key = _slots[place].Key;
                return true;
            }
        }

        return false;
    }

    private static uint Pack(ReadOnlySpan<byte> name)
    {
        uint packed = 0;
        foreach (byte letter in name)
        {
            packed = (packed << 8) | letter;
        }

        return packed;
    }

    private static int PlaceOf(uint packed) => (int)((packed * 0x9E3779B1u) >> 25);

    private static (uint Name, CmcdKey Key)[] Build()
    {
        var slots = new (uint Name, CmcdKey Key)[Size];
        for (int i = 0; i < (int)CmcdKey.Count; i++)
        {
            uint packed = Pack(System.Text.Encoding.UTF8.GetBytes(((CmcdKey)i).ToString().ToLowerInvariant()));
            int place = PlaceOf(packed);
            while (slots[place].Name != 0)
            {
                place = (place + 1) % Size;
            }

            slots[place] = (packed, (CmcdKey)i);
        }

        return slots;
    }
}
