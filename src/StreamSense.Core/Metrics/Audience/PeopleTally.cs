using System.Runtime.InteropServices;
using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Audience;

/// <summary>What the metrics of viewers are worked out from.</summary>
/// <param name="today">The day that it is.</param>
internal sealed class PeopleTally(int today)
{
    private const int DaysKept = 64;

    private readonly long[] _new = new long[DaysKept];
    private readonly long[] _returning = new long[DaysKept];
    private readonly SortedDictionary<int, RetentionTally> _byDay = [];
    private readonly Dictionary<Symbol, RetentionTally> _byCountry = [];

    public long Visits { get; private set; }

    public long ReturnVisits { get; private set; }

    public long Views { get; private set; }

    public Int128 VisitLength { get; private set; }

    public RetentionTally Retention { get; } = new();

    public void Add(in ViewerRow viewer, long scale)
    {
        long visits = viewer.Visits.Visits;
        Int128 length = viewer.Visits.SettledLength;
        foreach (VisitSpan visit in viewer.Visits.Open)
        {
            length += visit.Length;
        }

        Visits += visits * scale;
        ReturnVisits += Math.Max(0, visits - 1) * scale;
        Views += viewer.Views * scale;
        VisitLength += length * scale;
        if (viewer.Days.IsKnown)
        {
            AddDays(viewer, scale);
        }
    }

    public long? NewOn(int day) => IsKept(day) ? _new[today - day] : null;

    public long? ReturningOn(int day) => IsKept(day) ? _returning[today - day] : null;

    public IReadOnlyList<Retention> CohortsByDay(int most) =>
        [.. _byDay.TakeLast(most).Select(cohort => cohort.Value.ToRetention(new Period(PeriodKind.Day, cohort.Key).ToString()))];

    public IReadOnlyList<Retention> CohortsByCountry(Vocabulary vocabulary) =>
    [
        .. _byCountry.Select(cohort => cohort.Value.ToRetention(vocabulary.Countries.NameOf(cohort.Key)))
            .OrderBy(cohort => cohort.Name, StringComparer.Ordinal),
    ];

    private bool IsKept(int day) => day <= today && day > today - DaysKept;

    private void AddDays(in ViewerRow viewer, long scale)
    {
        Retention.Add(viewer.Days, today, scale);
        if (!_byDay.TryGetValue(viewer.Days.First, out RetentionTally? cohort))
        {
            cohort = new RetentionTally();
            _byDay.Add(viewer.Days.First, cohort);
        }

        cohort.Add(viewer.Days, today, scale);
        ref RetentionTally? country = ref CollectionsMarshal.GetValueRefOrAddDefault(_byCountry, viewer.Country, out _);
        country ??= new RetentionTally();
        country.Add(viewer.Days, today, scale);
        for (int before = 0; before < DaysKept; before++)
        {
            int day = viewer.Days.Last - before;
            if (IsKept(day) && viewer.Days.IsActiveBefore(before))
            {
                (day == viewer.Days.First ? _new : _returning)[today - day] += scale;
            }
        }
    }
}
