namespace StreamSense.Core.Metrics.Cubes;

/// <summary>The values of a cell, in the order of its grouping: the hash of a title or series, a symbol, or a type; 0 is unknown.</summary>
internal readonly record struct CubeKey(ulong First, ulong Second, ulong Third)
{
    /// <summary>In place of a value: those for which a bounded table had no room.</summary>
    public const ulong OtherValue = ulong.MaxValue;

    /// <summary>Everything that found no cell of its own.</summary>
    public static CubeKey Other => new(OtherValue, OtherValue, OtherValue);

    public ulong this[int place] => place switch
    {
        0 => First,
        1 => Second,
        _ => Third,
    };

    public CubeKey With(int place, ulong value) => place switch
    {
        0 => this with { First = value },
        1 => this with { Second = value },
        _ => this with { Third = value },
    };

    /// <summary>A hash with the seed of the process; clients choose titles.</summary>
    public uint Hash()
    {
        ulong mixed = First ^ ((Second + 1) * 0x9E37_79B9_7F4A_7C15UL) ^ ((Third + 1) * 0xC2B2_AE3D_27D4_EB4FUL);
        return (uint)SeededKeyComparer.Instance.GetHashCode(mixed);
    }
}
