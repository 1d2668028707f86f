using System.Globalization;
using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics;

/// <summary>One day, week or month, by a number that goes up by one.</summary>
internal readonly record struct Period(PeriodKind Kind, int Number)
{
    private const int DaysInWeek = 7;
    private const int MonthsInYear = 12;

    // 1970-01-01 was a Thursday.
    private const int EpochDayOfWeek = 3;

    /// <summary>The number of the day of an instant, counted from 1970-01-01.</summary>
    /// <param name="time">The instant.</param>
    /// <param name="utcOffset">How far the calendar is ahead of UTC.</param>
    public static int DayOf(EventTime time, TimeSpan utcOffset) =>
        (int)Math.Floor((double)(time + utcOffset).UnixMicroseconds / TimeSpan.MicrosecondsPerDay);

    public static Period OfDay(PeriodKind kind, int day) => kind switch
    {
        PeriodKind.Week => new(kind, (int)Math.Floor((day + EpochDayOfWeek) / (double)DaysInWeek)),
        PeriodKind.Month => new(kind, MonthOf(DateOf(day))),
        _ => new(kind, day),
    };

    public static DateOnly DateOf(int day) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day);

    /// <summary>The first instant of a month, in UTC.</summary>
    public EventTime StartOfMonth() =>
        EventTime.From(new DateTimeOffset(Number / MonthsInYear, (Number % MonthsInYear) + 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Its name by ISO 8601: <c>2026-01-31</c>, <c>2026-W05</c> or <c>2026-01</c>.</summary>
    public override string ToString()
    {
        switch (Kind)
        {
            case PeriodKind.Week:
                DateTime monday = DateOf((Number * DaysInWeek) - EpochDayOfWeek).ToDateTime(TimeOnly.MinValue);
                return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(monday):D4}-W{ISOWeek.GetWeekOfYear(monday):D2}");
            case PeriodKind.Month:
                return string.Create(CultureInfo.InvariantCulture, $"{Number / MonthsInYear:D4}-{(Number % MonthsInYear) + 1:D2}");
            default:
                return DateOf(Number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }
    }

    private static int MonthOf(DateOnly date) => (date.Year * MonthsInYear) + date.Month - 1;
}
