using StreamSense.Core.Events;
using StreamSense.Ml.Features.Rules;

namespace StreamSense.Ml.Features.State;

/// <summary>Fading sums by hour of the day or day of the week: a landmark, then the sums.</summary>
internal sealed class ProfileCell(int selector, Fading fading, ProfilePeriod period, TimeSpan utcOffset) : StateCell
{
    private const int HoursOfDay = 24;
    private const int DaysOfWeek = 7;
    private const long MicrosecondsPerHour = 3_600_000_000;

    // 1 January 1970 was a Thursday.
    private const int FirstWeekday = 4;

    private readonly int[] _selectors = [selector];

    /// <summary>How many hours or days there are.</summary>
    public int Parts { get; } = period == ProfilePeriod.HourOfDay ? HoursOfDay : DaysOfWeek;

    /// <inheritdoc/>
    public override int Words => 1 + Parts;

    /// <inheritdoc/>
    public override bool IsHot => false;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Selectors => _selectors;

    /// <summary>The hour of the day with its fraction.</summary>
    public static double HourOf(EventTime time, TimeSpan utcOffset) =>
        (double)Modulo((time + utcOffset).UnixMicroseconds, HoursOfDay * MicrosecondsPerHour) / MicrosecondsPerHour;

    /// <summary>The day of the week, 0 for Sunday.</summary>
    public static int WeekdayOf(EventTime time, TimeSpan utcOffset)
    {
        long local = (time + utcOffset).UnixMicroseconds;
        long days = (local - Modulo(local, HoursOfDay * MicrosecondsPerHour)) / (HoursOfDay * MicrosecondsPerHour);
        return (int)Modulo(days + FirstWeekday, DaysOfWeek);
    }

    /// <summary>The hour or day of a time.</summary>
    public int PartOf(EventTime time) => period == ProfilePeriod.HourOfDay ? (int)HourOf(time, utcOffset) : WeekdayOf(time, utcOffset);

    /// <inheritdoc/>
    public override void Update(Span<long> cell, in Occurrence occurrence, ReadOnlySpan<double> weights)
    {
        double weight = weights[selector];
        if (!double.IsNaN(weight))
        {
            fading.Advance(ref cell[0], cell[1..], occurrence.Time);
            double amount = (occurrence.Retracts ? -weight : weight) * fading.FactorAt(occurrence.Time, cell[0]);
            Fading.Add(ref cell[1 + PartOf(occurrence.Time)], amount);
        }
    }

    /// <inheritdoc/>
    public override void Merge(Span<long> cell, ReadOnlySpan<long> other) => FadingSums.MergeSums(fading, cell, other);

    private static long Modulo(long value, long modulus) => ((value % modulus) + modulus) % modulus;
}
