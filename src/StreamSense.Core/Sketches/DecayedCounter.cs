using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using StreamSense.Core.Events;

namespace StreamSense.Core.Sketches;

/// <summary>A sum in which each weight halves with every half-life that passes; the same to the last bit in whatever order.</summary>
/// <remarks>
/// <para>Cormode, Shkapenyuk, Srivastava, Xu: Forward decay (2009): instead of lowering what is there as time passes, a weight is raised by
/// 2^(time / half-life) when it comes, and the sum is lowered by the same at the time of asking. Here time is cut into epochs of one
/// half-life; the sum of an epoch is a whole number of 128 bits, in which a weight counts 2^(its part of the epoch), in units of 2^-31,
/// worked out in whole numbers too. Sums of whole numbers do not depend on their order: merging is exact, associative and
/// commutative.</para>
/// <para>Error: a weight's time is taken to 1/65536 of a half-life, which makes at most 0.0011 % of it; and weights that lie 32 epochs or
/// more before the newest are left out, each below 2^-31 of what it was.</para>
/// <para>Memory: 16 bytes for each epoch between the oldest and the newest weight, in powers of two, at most 512 bytes.</para>
/// </remarks>
public sealed class DecayedCounter : ISketch<DecayedCounter>
{
    private const byte Version = 1;
    private const int MostEpochs = 32;
    private const long LeastHalfLife = EventTime.MicrosecondsPerMillisecond;
    private const long GreatestHalfLife = 1_461L * 86_400 * EventTime.MicrosecondsPerSecond;

    private readonly long _halfLife;
    private Int128[] _sums = [];
    private long _newest;

    /// <summary>Creates a counter at 0.</summary>
    /// <param name="halfLife">After how long a weight counts half; from a millisecond to four years, in whole microseconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The half-life is not in its range.</exception>
    public DecayedCounter(TimeSpan halfLife)
    {
        _halfLife = halfLife.Ticks / TimeSpan.TicksPerMicrosecond;
        ArgumentOutOfRangeException.ThrowIfLessThan(_halfLife, LeastHalfLife, nameof(halfLife));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_halfLife, GreatestHalfLife, nameof(halfLife));
    }

    /// <summary>After how long a weight counts half.</summary>
    public TimeSpan HalfLife => new(_halfLife * TimeSpan.TicksPerMicrosecond);

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    /// <param name="bytes">The bytes of one counter and no more.</param>
    /// <returns>The counter.</returns>
    /// <exception cref="InvalidDataException">The bytes are not those of a counter.</exception>
    public static DecayedCounter Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new SketchReader(bytes, SketchFormat.Decayed, Version);
        long halfLife = reader.Int64();
        SketchReader.Require(halfLife is >= LeastHalfLife and <= GreatestHalfLife);
        var counter = new DecayedCounter(new TimeSpan(halfLife * TimeSpan.TicksPerMicrosecond));
        int epochs = reader.Byte();
        SketchReader.Require(epochs <= MostEpochs);
        if (epochs > 0)
        {
            long newest = reader.Int64();
            SketchReader.Require(Int128.Abs(newest) <= (long.MaxValue / halfLife) + 1);
            counter.Advance(newest);
            for (int age = 0; age < epochs; age++)
            {
                Int128 sum = reader.Int128();

                // The oldest epoch that is written holds something, unless it is the newest, too.
                SketchReader.Require(sum != 0 || age < epochs - 1 || age == 0);
                counter.AddToEpoch(newest - age, sum);
            }
        }

        reader.End();
        return counter;
    }

    /// <summary>Adds a weight.</summary>
    /// <param name="at">When it came; in any order.</param>
    /// <param name="weight">The weight; a negative one takes away.</param>
    public void Add(EventTime at, long weight = 1)
    {
        (long epoch, int fraction) = Split(at);
        Advance(epoch);
        AddToEpoch(epoch, (Int128)weight * FractionalPowers.Of(fraction));
    }

    /// <summary>The sum of all weights, each as far decayed as it is at a time.</summary>
    /// <param name="at">The time; before a weight came, that weight counts as more than itself by the same rule.</param>
    /// <returns>The sum; 0 if there are no weights.</returns>
    public double ValueAt(EventTime at)
    {
        (long epoch, int fraction) = Split(at);
        double value = 0;
        for (int age = _sums.Length - 1; age >= 0; age--)
        {
            long older = epoch - (_newest - age);
            value += Math.ScaleB((double)SumOf(_newest - age), (int)-Math.Clamp(older, -2_000, 2_000));
        }

        return value / FractionalPowers.Of(fraction);
    }

    /// <summary>Adds all that another counter has seen.</summary>
    /// <param name="other">The other counter; unchanged.</param>
    /// <exception cref="ArgumentException">Its half-life is another.</exception>
    public void Merge(DecayedCounter other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._halfLife != _halfLife)
        {
            throw new ArgumentException("Counters of different half-lives cannot be merged.", nameof(other));
        }

        if (other._sums.Length == 0)
        {
            return;
        }

        Advance(other._newest);
        for (int age = 0; age < other._sums.Length; age++)
        {
            AddToEpoch(other._newest - age, other.SumOf(other._newest - age));
        }
    }

    /// <summary>Forgets everything; counting begins at 0.</summary>
    public void Clear()
    {
        _sums = [];
        _newest = 0;
    }

    /// <summary>Writes the counter as bytes: the same ones for the same weights, whatever their order.</summary>
    /// <param name="output">Where to.</param>
    public void WriteTo(IBufferWriter<byte> output)
    {
        var writer = new SketchWriter(output, SketchFormat.Decayed, Version);
        writer.Int64(_halfLife);
        int epochs = _sums.Length == 0 ? 0 : OldestAge() + 1;
        writer.Byte((byte)epochs);
        if (epochs > 0)
        {
            writer.Int64(_newest);
            for (int age = 0; age < epochs; age++)
            {
                writer.Int128(SumOf(_newest - age));
            }
        }
    }

    private (long Epoch, int Fraction) Split(EventTime at)
    {
        long epoch = Math.DivRem(at.UnixMicroseconds, _halfLife, out long rest);
        if (rest < 0)
        {
            epoch--;
            rest += _halfLife;
        }

        return (epoch, (int)(((ulong)rest << FractionalPowers.FractionBits) / (ulong)_halfLife));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Int128 SumOf(long epoch) => ref _sums[(int)epoch & (_sums.Length - 1)];

    // An epoch's sum has its place by the lowest bits of its number; epochs that grow too old are overwritten by new ones.
    private void Advance(long epoch)
    {
        if (_sums.Length == 0)
        {
            _sums = new Int128[1];
            _newest = epoch;
            return;
        }

        if (epoch <= _newest)
        {
            return;
        }

        Int128 steps = (Int128)epoch - _newest;
        if (steps < MostEpochs)
        {
            MakeRoom(Math.Min(MostEpochs, OldestAge() + 1 + (int)steps));
        }

        long first = steps < _sums.Length ? _newest + 1 : epoch - _sums.Length + 1;
        _newest = epoch;
        for (long next = first; next <= epoch; next++)
        {
            SumOf(next) = 0;
        }
    }

    private void AddToEpoch(long epoch, Int128 sum)
    {
        Int128 age = (Int128)_newest - epoch;
        if (age >= MostEpochs || sum == 0)
        {
            return;
        }

        MakeRoom((int)age + 1);
        SumOf(epoch) += sum;
    }

    private int OldestAge()
    {
        int age = _sums.Length - 1;
        while (age > 0 && SumOf(_newest - age) == 0)
        {
            age--;
        }

        return age;
    }

    private void MakeRoom(int epochs)
    {
        if (epochs <= _sums.Length)
        {
            return;
        }

        Int128[] old = _sums;
        _sums = new Int128[BitOperations.RoundUpToPowerOf2((uint)epochs)];
        for (int age = 0; age < old.Length; age++)
        {
            SumOf(_newest - age) = old[(int)(_newest - age) & (old.Length - 1)];
        }
    }
}
