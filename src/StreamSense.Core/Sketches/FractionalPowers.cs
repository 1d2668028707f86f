namespace StreamSense.Core.Sketches;

/// <summary>Powers of two with exponents from 0 to 1 in steps of 1/65536, from whole numbers: the same bits on every machine.</summary>
internal static class FractionalPowers
{
    /// <summary>How many bits a fraction has.</summary>
    public const int FractionBits = 16;

    /// <summary>How many bits behind the point a power has.</summary>
    public const int ScaleBits = 31;

    private const int HalfBits = FractionBits / 2;
    private const int WorkBits = 62;

    private static readonly ulong[] Coarse = Table(firstRoot: 1);
    private static readonly ulong[] Fine = Table(firstRoot: HalfBits + 1);

    /// <summary>2^(fraction / 65536), times 2^31; at most one unit off.</summary>
    public static long Of(int fraction) =>
        (long)(((Coarse[fraction >> HalfBits] * Fine[fraction & ((1 << HalfBits) - 1)]) + (1UL << (ScaleBits - 1))) >> ScaleBits);

    // Each bit of a number stands for one of the roots: its power is the product of those.
    private static ulong[] Table(int firstRoot)
    {
        var table = new ulong[1 << HalfBits];
        for (int number = 0; number < table.Length; number++)
        {
            UInt128 power = UInt128.One << WorkBits;
            for (int bit = 0; bit < HalfBits; bit++)
            {
                if ((number & (1 << (HalfBits - 1 - bit))) != 0)
                {
                    power = (power * Root(firstRoot + bit)) >> WorkBits;
                }
            }

            table[number] = (ulong)((power + (UInt128.One << (WorkBits - ScaleBits - 1))) >> (WorkBits - ScaleBits));
        }

        return table;
    }

    // 2^(1/2^times): two, and the square root of it so many times.
    private static UInt128 Root(int times)
    {
        UInt128 value = (UInt128)2 << WorkBits;
        for (int i = 0; i < times; i++)
        {
            value = SquareRoot(value << WorkBits);
        }

        return value;
    }

    private static UInt128 SquareRoot(UInt128 square)
    {
        UInt128 root = 0;
        for (int bit = WorkBits + 1; bit >= 0; bit--)
        {
            UInt128 tried = root | (UInt128.One << bit);
            if (tried * tried <= square)
            {
                root = tried;
            }
        }

        return root;
    }
}
