using System.Numerics;

namespace StreamSense.Core.Sketches;

/// <summary>What a <see cref="HyperLogLog"/> keeps while there are few keys: 26 bits of each hash, and the rank of the rest.</summary>
/// <remarks>A coupon has the 26 bits on top and the rank (1 to 39) in the lowest six, and is never 0. Open addressing in a power of two.
/// From it follows the register of every precision.</remarks>
internal struct CouponSet
{
    /// <summary>How many bits of a hash a coupon keeps.</summary>
    public const int IndexBits = 26;

    /// <summary>How many bits a coupon's rank takes.</summary>
    public const int RankBits = 6;

    /// <summary>The standard error of the count in proportion to it.</summary>
    /// <remarks>Linear counting (Whang, Vander-Zanden, Taylor 1990): sqrt(m(e^t - t - 1)) / n is 1 / sqrt(2m) for n far below m.</remarks>
    public const double RelativeStandardError = 0.000087;

    private const int LeastPlaces = 8;
    private const int MostRank = 64 - IndexBits + 1;
    private const double Counters = 1 << IndexBits;

    private uint[]? _places;

    /// <summary>How many different coupons there are.</summary>
    public int Count { get; private set; }

    /// <summary>The places; 0 where there is no coupon.</summary>
    public readonly ReadOnlySpan<uint> Places => _places;

    /// <summary>How much memory they take.</summary>
    public readonly int MemoryBytes => (_places?.Length ?? 0) * sizeof(uint);

    /// <summary>How many coupons may be kept at a precision: those whose places take no more memory than registers.</summary>
    public static int LimitOf(int precision) => precision < 8 ? 0 : (1 << precision) / 16 * 3;

    /// <summary>The coupon of a hash.</summary>
    public static uint CouponOf(ulong hash)
    {
        uint index = (uint)(hash >> (64 - IndexBits));
        uint rank = (uint)BitOperations.LeadingZeroCount((hash << IndexBits) | (1UL << (IndexBits - 1))) + 1;
        return (index << RankBits) | rank;
    }

    /// <summary>How many distinct keys gave a number of different coupons: linear counting.</summary>
    public static double EstimateOf(int coupons) => -Counters * Math.Log(1 - (coupons / Counters));

    /// <summary>Adds a coupon.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Add(uint coupon)
    {
        if ((Count + 1) * 4L > (_places?.Length ?? 0) * 3L)
        {
            Grow();
        }

        if (!Insert(_places!, coupon))
        {
            return false;
        }

        Count++;
        return true;
    }

    /// <summary>Forgets all coupons and keeps the room.</summary>
    public void Clear()
    {
        _places.AsSpan().Clear();
        Count = 0;
    }

    /// <summary>Writes the coupons in ascending order.</summary>
    public readonly void WriteTo(SketchWriter writer)
    {
        uint[] sorted = new uint[Count];
        int found = 0;
        foreach (uint coupon in Places)
        {
            if (coupon != 0)
            {
                sorted[found++] = coupon;
            }
        }

        Array.Sort(sorted);
        writer.Varint((ulong)Count);
        uint last = 0;
        foreach (uint coupon in sorted)
        {
            writer.Varint(coupon - last);
            last = coupon;
        }
    }

    /// <summary>Reads coupons into a set that is empty.</summary>
    public void Read(ref SketchReader reader, int limit)
    {
        int count = reader.CountOf(leastBytesEach: 1);
        SketchReader.Require(count <= limit);
        ulong last = 0;
        for (int i = 0; i < count; i++)
        {
            ulong step = reader.Varint();
            SketchReader.Require(step is > 0 and <= uint.MaxValue);
            last += step;
            SketchReader.Require(last <= uint.MaxValue && (last & ((1 << RankBits) - 1)) is > 0 and <= MostRank);
            Add((uint)last);
        }
    }

    // The bits of a coupon are spread evenly, those of its rank aside.
    private static bool Insert(uint[] places, uint coupon)
    {
        int mask = places.Length - 1;
        int place = (int)(coupon >> RankBits) & mask;
        while (places[place] != 0)
        {
            if (places[place] == coupon)
            {
                return false;
            }

            place = (place + 1) & mask;
        }

        places[place] = coupon;
        return true;
    }

    private void Grow()
    {
        uint[] larger = new uint[Math.Max(LeastPlaces, (_places?.Length ?? 0) * 2)];
        foreach (uint coupon in Places)
        {
            if (coupon != 0)
            {
                Insert(larger, coupon);
            }
        }

        _places = larger;
    }
}
