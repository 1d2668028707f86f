using StreamSense.Core.Events;

namespace StreamSense.Ml.Features.State;

/// <summary>Sums that fade, kept relative to a landmark: a whole multiple of the half-life.</summary>
/// <remarks>
/// Forward decay (Cormode, Shkapenyuk, Srivastava, Xu, ICDE 2009). A contribution is multiplied once, by 2 to the power of its
/// distance from the landmark in half-lives; that the landmark moves on halves sums exactly, so that rounding does not grow with the
/// number of events and their order hardly matters. The sum at a time is the stored one times 2^-(time - landmark).
/// </remarks>
internal sealed class Fading(TimeSpan halfLife)
{
    private const int MostHalvings = 2200;

    private readonly double _inverse = 1.0 / (long)halfLife.TotalMicroseconds;

    /// <summary>The half-life.</summary>
    public TimeSpan HalfLife => halfLife;

    /// <summary>The half-life in microseconds.</summary>
    public long Microseconds { get; } = (long)halfLife.TotalMicroseconds;

    /// <summary>Moves a landmark up to a time, and the sums with it.</summary>
    public void Advance(ref long landmark, Span<long> sums, EventTime time)
    {
        long latest = time.UnixMicroseconds / Microseconds;
        if (latest <= landmark)
        {
            return;
        }

        int halvings = (int)Math.Min(latest - landmark, MostHalvings);
        foreach (ref long sum in sums)
        {
            sum = BitConverter.DoubleToInt64Bits(Math.ScaleB(BitConverter.Int64BitsToDouble(sum), -halvings));
        }

        landmark = latest;
    }

    /// <summary>What a contribution of 1 at a time adds to a sum with this landmark, which is not older than it.</summary>
    public double FactorAt(EventTime time, long landmark)
    {
        double distance = (time.UnixMicroseconds - (landmark * Microseconds)) * _inverse;
        return distance > 0 ? 2 * PowerOfTwo.Raise(distance - 1) : PowerOfTwo.Raise(distance);
    }

    /// <summary>What a sum with a landmark is to be multiplied with to read it at a time; at most 2.</summary>
    public double ReadingAt(EventTime time, long landmark)
    {
        FadingAge now = AgeOf(time);
        double age = Math.Max(-1.0, now.Whole - landmark + now.Part);
        return age < 0 ? 2 * PowerOfTwo.Raise(-age - 1) : PowerOfTwo.Raise(-age);
    }

    /// <summary>A time in half-lives: whole ones, and a part of one.</summary>
    public FadingAge AgeOf(EventTime time)
    {
        long whole = Math.DivRem(time.UnixMicroseconds, Microseconds, out long rest);
        double part = rest * _inverse;
        return new FadingAge(whole, part, part < 0 ? 2 * PowerOfTwo.Raise(-part - 1) : PowerOfTwo.Raise(-part));
    }

    /// <summary>Adds to one of a row's sums.</summary>
    public static void Add(ref long sum, double amount) =>
        sum = BitConverter.DoubleToInt64Bits(BitConverter.Int64BitsToDouble(sum) + amount);
}
