using System.Numerics;

namespace StreamSense.Core.Sketches;

/// <summary>A mergeable count of distinct 64-bit hashes: exact up to 4,096 of them, within 1.6 % (one standard error) beyond.</summary>
/// <remarks>
/// Few hashes are kept as they are; many become HyperLogLog (Flajolet, Fusy, Gandouet, Meunier 2007, figure 3) with 4,096 registers of
/// a byte and its linear counting below 2.5 times as many. With 64-bit hashes it needs no correction for large counts. Not thread-safe.
/// </remarks>
internal sealed class DistinctCounter
{
    private const int IndexBits = 12;
    private const int RegisterCount = 1 << IndexBits;
    private const int MaxExact = 4096;

    private HashSet<ulong>? _exact;
    private byte[]? _registers;

    /// <summary>How many distinct hashes were added.</summary>
    public long Count => _registers is null ? _exact?.Count ?? 0 : Estimate(_registers);

    /// <summary>Adds a hash; it must be spread evenly over all 64 bits.</summary>
    public void Add(ulong hash)
    {
        if (_registers is not null)
        {
            AddToRegisters(_registers, hash);
            return;
        }

        _exact ??= [];
        _exact.Add(hash);
        if (_exact.Count > MaxExact)
        {
            GoOver();
        }
    }

    /// <summary>Adds all that another counter has seen.</summary>
    public void Merge(DistinctCounter other)
    {
        if (other._registers is not null)
        {
            byte[] registers = _registers ?? GoOver();
            for (int i = 0; i < RegisterCount; i++)
            {
                registers[i] = Math.Max(registers[i], other._registers[i]);
            }
        }
        else if (other._exact is not null)
        {
            foreach (ulong hash in other._exact)
            {
                Add(hash);
            }
        }
    }

    private byte[] GoOver()
    {
        _registers = new byte[RegisterCount];
        foreach (ulong hash in _exact ?? [])
        {
            AddToRegisters(_registers, hash);
        }

        _exact = null;
        return _registers;
    }

    private static void AddToRegisters(byte[] registers, ulong hash)
    {
        int index = (int)(hash >> (64 - IndexBits));
        byte rank = (byte)(BitOperations.LeadingZeroCount((hash << IndexBits) | (RegisterCount - 1)) + 1);
        registers[index] = Math.Max(registers[index], rank);
    }

    private static long Estimate(byte[] registers)
    {
        double sum = 0;
        int empty = 0;
        foreach (byte register in registers)
        {
            sum += 1.0 / (1UL << register);
            empty += register == 0 ? 1 : 0;
        }

        const double Alpha = 0.7213 / (1 + (1.079 / RegisterCount));
        double estimate = Alpha * RegisterCount * RegisterCount / sum;
        bool isFew = estimate <= 2.5 * RegisterCount && empty > 0;
        return (long)Math.Round(isFew ? RegisterCount * Math.Log((double)RegisterCount / empty) : estimate);
    }
}
