using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StreamSense.Core.Sketches;

/// <summary>A mergeable count of distinct 64-bit keys: all but exact while there are few, within a stated error beyond.</summary>
/// <remarks>
/// <para>Flajolet, Fusy, Gandouet, Meunier: HyperLogLog (2007), with the 64-bit hash and the sparse start of Heule, Nunkesser, Hall:
/// HyperLogLog in Practice (2013, section 5) and the estimator of Ertl: New cardinality estimation algorithms for HyperLogLog sketches
/// (2017, algorithm 6), which needs no correction for small or large counts.</para>
/// <para>Error: while there are at most 3/16 of 2^p distinct keys (p is <see cref="Precision"/>, at least 8), the count is that of
/// 2^26 linear counters, with a relative standard error below 0.01 %. Beyond, the relative standard error is 1.04 / sqrt(2^p): 1.63 % at
/// precision 12. <see cref="LowerBound"/> and <see cref="UpperBound"/> give it in numbers.</para>
/// <para>What a sketch holds depends only on the set of keys, not on their order, nor on how they came together by <see cref="Merge"/>.
/// Memory: at most 2^p bytes, and less while there are few keys.</para>
/// </remarks>
public sealed class HyperLogLog : ISketch<HyperLogLog>
{
    /// <summary>The least precision.</summary>
    public const int LeastPrecision = 4;

    /// <summary>The greatest precision.</summary>
    public const int GreatestPrecision = 16;

    private const byte Version = 1;
    private const byte SparseForm = 0;
    private const byte DenseForm = 1;

    private readonly ulong _preparedSeed;

    // Of the precision: the bit that ends the bits of a shifted hash in which zeros are counted.
    private ulong _guard;
    private byte[]? _registers;
    private byte[]? _spareRegisters;
    private CouponSet _coupons;

    /// <summary>Creates an empty sketch.</summary>
    /// <param name="precision">The binary logarithm of the number of registers, of a byte each.</param>
    /// <param name="seed">Chooses the hash; only sketches of the same seed can be merged.</param>
    /// <exception cref="ArgumentOutOfRangeException">The precision is not between 4 and 16.</exception>
    public HyperLogLog(int precision = 12, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(precision, LeastPrecision);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, GreatestPrecision);
        Precision = precision;
        Seed = seed;
        _preparedSeed = SeededHash.Prepare(seed);
    }

    /// <summary>The binary logarithm of the number of registers.</summary>
    /// <value>12 unless it was chosen, or lowered by merging with a sketch of a lower one.</value>
    public int Precision
    {
        get;
        private set
        {
            field = value;
            _guard = 1UL << (value - 1);
        }
    }

    /// <summary>What chooses the hash.</summary>
    /// <value>0 unless it was chosen.</value>
    public ulong Seed { get; }

    /// <summary>How many distinct keys were added, to the nearest whole number.</summary>
    public long Count => (long)Math.Round(Estimate);

    /// <summary>How many distinct keys were added.</summary>
    public double Estimate => _registers is null ? CouponSet.EstimateOf(_coupons.Count) : RegisterArray.Estimate(_registers);

    /// <summary>How much memory the registers take, and what stands for them while there are few keys, in bytes.</summary>
    public int MemoryBytes => (_registers?.Length ?? 0) + (_spareRegisters?.Length ?? 0) + _coupons.MemoryBytes;

    /// <summary>Whether the sketch still keeps single keys, nearly exactly.</summary>
    internal bool IsSparse => _registers is null;

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    /// <param name="bytes">The bytes of one sketch and no more.</param>
    /// <returns>The sketch.</returns>
    /// <exception cref="InvalidDataException">The bytes are not those of such a sketch.</exception>
    public static HyperLogLog Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new SketchReader(bytes, SketchFormat.HyperLogLog, Version);
        int precision = reader.Byte();
        SketchReader.Require(precision is >= LeastPrecision and <= GreatestPrecision);
        var sketch = new HyperLogLog(precision, reader.UInt64());
        byte form = reader.Byte();
        SketchReader.Require(form is SparseForm or DenseForm);
        if (form == SparseForm)
        {
            sketch._coupons.Read(ref reader, CouponSet.LimitOf(precision));
        }
        else
        {
            ReadOnlySpan<byte> registers = reader.Bytes(1 << precision);
            SketchReader.Require(!registers.ContainsAnyExceptInRange((byte)0, (byte)RegisterArray.GreatestRank(precision)));
            sketch._registers = registers.ToArray();
        }

        reader.End();
        return sketch;
    }

    /// <summary>Adds a key.</summary>
    /// <param name="key">The key; it is hashed here and need not be spread.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong key)
    {
        ulong hash = SeededHash.Of(key, _preparedSeed);
        byte[]? registers = _registers;
        if (registers is null)
        {
            AddCoupon(CouponSet.CouponOf(hash));
            return;
        }

        // The index has as many bits as the array has places; a shift by -p is one by 64 - p. The rank is one more than the zeros.
        int precision = Precision;
        ref byte register = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(registers), (nuint)(hash >> -precision));
        int zeros = BitOperations.LeadingZeroCount((hash << precision) | _guard);
        if (zeros >= register)
        {
            register = (byte)(zeros + 1);
        }
    }

    /// <summary>Adds keys; faster than one by one.</summary>
    /// <param name="keys">The keys.</param>
    public void Add(ReadOnlySpan<ulong> keys)
    {
        int done = 0;
        while (_registers is null && done < keys.Length)
        {
            Add(keys[done++]);
        }

        if (_registers is { } registers)
        {
            RegisterArray.Add(registers, keys[done..], _preparedSeed, Precision);
        }
    }

    /// <summary>Adds all that another sketch has seen.</summary>
    /// <remarks>Where precisions differ, this sketch takes the lower one, as if that had been its own all along.</remarks>
    /// <param name="other">The other sketch; unchanged.</param>
    /// <exception cref="ArgumentException">Its seed is another.</exception>
    public void Merge(HyperLogLog other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Seed != Seed)
        {
            throw new ArgumentException("Sketches of different seeds cannot be merged.", nameof(other));
        }

        LowerPrecision(other.Precision);
        if (other._registers is not null)
        {
            RegisterArray.Merge(_registers ?? GoDense(), other._registers);
            return;
        }

        foreach (uint coupon in other._coupons.Places)
        {
            if (coupon != 0)
            {
                AddCoupon(coupon);
            }
        }
    }

    /// <summary>What the true count is at least, with a confidence in standard deviations of a normal error.</summary>
    /// <param name="standardDeviations">1 (84 % one-sided), 2 (97.7 %) or 3 (99.87 %).</param>
    /// <returns>The bound; never below the number of keys that are surely different.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not 1, 2 or 3.</exception>
    public double LowerBound(int standardDeviations)
    {
        double bound = Estimate / (1 + (Checked(standardDeviations) * RelativeStandardError));
        return Math.Max(bound, _registers is null ? _coupons.Count : RegisterArray.UsedIn(_registers));
    }

    /// <summary>What the true count is at most, with a confidence in standard deviations of a normal error.</summary>
    /// <param name="standardDeviations">1 (84 % one-sided), 2 (97.7 %) or 3 (99.87 %).</param>
    /// <returns>The bound.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not 1, 2 or 3.</exception>
    public double UpperBound(int standardDeviations) => Estimate / (1 - (Checked(standardDeviations) * RelativeStandardError));

    /// <summary>Forgets everything and keeps the room, so that a sketch that is used again allocates nothing.</summary>
    public void Clear()
    {
        // Registers that are all zero would be another form of nothing: the coupons come first again, as in a new sketch.
        _spareRegisters = _registers ?? _spareRegisters;
        _registers = null;
        _coupons.Clear();
    }

    /// <summary>Writes the sketch as bytes: the same ones for the same set of keys.</summary>
    /// <param name="output">Where to.</param>
    public void WriteTo(IBufferWriter<byte> output)
    {
        var writer = new SketchWriter(output, SketchFormat.HyperLogLog, Version);
        writer.Byte((byte)Precision);
        writer.UInt64(Seed);
        writer.Byte(_registers is null ? SparseForm : DenseForm);
        if (_registers is null)
        {
            _coupons.WriteTo(writer);
        }
        else
        {
            writer.Bytes(_registers);
        }
    }

    private double RelativeStandardError => _registers is null ? CouponSet.RelativeStandardError : RegisterArray.ErrorAt(Precision);

    private static int Checked(int standardDeviations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(standardDeviations, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(standardDeviations, 3);
        return standardDeviations;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddCoupon(uint coupon)
    {
        if (_registers is not null)
        {
            RegisterArray.AddCoupon(_registers, coupon, Precision);
        }
        else if (_coupons.Add(coupon) && _coupons.Count > CouponSet.LimitOf(Precision))
        {
            GoDense();
        }
    }

    private byte[] GoDense()
    {
        bool isUsedAgain = _spareRegisters?.Length == 1 << Precision;
        byte[] registers = isUsedAgain ? _spareRegisters! : new byte[1 << Precision];
        _spareRegisters = null;
        registers.AsSpan().Clear();
        foreach (uint coupon in _coupons.Places)
        {
            if (coupon != 0)
            {
                RegisterArray.AddCoupon(registers, coupon, Precision);
            }
        }

        if (isUsedAgain)
        {
            _coupons.Clear();
        }
        else
        {
            _coupons = default;
        }

        _registers = registers;
        return registers;
    }

    private void LowerPrecision(int precision)
    {
        if (precision >= Precision)
        {
            return;
        }

        byte[]? finer = _registers;
        Precision = precision;
        if (finer is not null)
        {
            _registers = new byte[1 << precision];
            RegisterArray.Merge(_registers, finer);
        }
        else if (_coupons.Count > CouponSet.LimitOf(precision))
        {
            GoDense();
        }
    }
}
