namespace StreamSense.Ml.Features.State;

/// <summary>Hashes of names and pairs of ids, the same in every process, by which state is keyed.</summary>
internal static class NameHash
{
    private const ulong Basis = 0xcbf29ce484222325UL;
    private const ulong Prime = 0x100000001b3UL;

    /// <summary>The hash of a name (FNV-1a of its UTF-16 units, mixed); 0 for no name, and for no other.</summary>
    public static ulong Of(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return 0;
        }

        ulong hash = Basis;
        foreach (char unit in name)
        {
            hash = (hash ^ (byte)unit) * Prime;
            hash = (hash ^ (byte)(unit >> 8)) * Prime;
        }

        return Mix(hash) | 1;
    }

    /// <summary>The hash of a name or id in 32 bits; never 0.</summary>
    public static uint Short(ulong hash) => (uint)(Mix(hash) >> 32) | 1;

    /// <summary>The key of a pair.</summary>
    public static ulong Pair(ulong left, ulong right) =>
        Mix((left * 0x9e3779b97f4a7c15UL) + ulong.RotateLeft(right * 0xd6e8feb86659fd93UL, 31));

    // The finaliser of MurmurHash3 (Appleby): every bit reaches every bit.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xff51afd7ed558ccdUL;
        value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return value ^ (value >> 33);
    }
}
