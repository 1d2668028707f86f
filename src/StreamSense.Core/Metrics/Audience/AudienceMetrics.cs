using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Audience;

/// <summary>Who watches: how many at once, how many in all, how often they come, and whether they come back.</summary>
/// <remarks>Immutable; safe on any thread.</remarks>
public sealed record AudienceMetrics
{
    /// <summary>Time from first frames to ends of plays ÷ length of the window; null if the window has none.</summary>
    public double? AverageConcurrentPlays { get; init; }

    /// <summary>Minutes played ÷ minutes of the window: paused, stalled and seeking viewers are no audience.</summary>
    public double? AverageMinuteAudience { get; init; }

    /// <summary>Each title, those played longest first, then by name.</summary>
    public IReadOnlyList<TitleAudience> Titles { get; init; } = [];

    /// <summary>Each day, the earliest first.</summary>
    public IReadOnlyList<PeriodAudience> Days { get; init; } = [];

    /// <summary>Each ISO week, the earliest first.</summary>
    public IReadOnlyList<PeriodAudience> Weeks { get; init; } = [];

    /// <summary>Each month, the earliest first.</summary>
    public IReadOnlyList<PeriodAudience> Months { get; init; } = [];

    /// <summary>Visits: activity of a viewer, or a device without one, without a silence longer than the gap.</summary>
    public long Visits { get; init; }

    /// <summary>Visits that are not the first of their viewer.</summary>
    public long ReturnVisits { get; init; }

    /// <summary>Return visits ÷ visits.</summary>
    public double? ReturnVisitShare { get; init; }

    /// <summary>Attempted views ÷ visits, of known viewers and devices.</summary>
    public double? ViewsPerVisit { get; init; }

    /// <summary>Mean time from the first to the last sign of a visit, in seconds.</summary>
    public double? AverageVisitSeconds { get; init; }

    /// <summary>Views of which neither viewer nor device is known, and which belong to no visit.</summary>
    public long AnonymousViews { get; init; }

    /// <summary>Runs of enough episodes of a series, each watched far enough, one soon after the other.</summary>
    public long BingeSessions { get; init; }

    /// <summary>Mean number of different episodes in a binge.</summary>
    public double? EpisodesPerBinge { get; init; }

    /// <summary>All viewers, by their first active day.</summary>
    public Retention Retention { get; init; } = new();

    /// <summary>The viewers of each first day, the earliest first.</summary>
    public IReadOnlyList<Retention> Cohorts { get; init; } = [];

    /// <summary>The viewers of each country they first played in, by name; the unknown one first.</summary>
    public IReadOnlyList<Retention> Countries { get; init; } = [];

    /// <summary>
    /// The share of viewers (for binges, of pairs of viewer and series) that was followed, the smaller of the two: 1 is all; below, counts
    /// of visits, binges and cohorts are estimates scaled up from a fair sample.
    /// </summary>
    public double SampleShare { get; init; } = 1;

    /// <summary>How many plays came for a day, week or month that is no longer kept.</summary>
    public long MissedPeriods { get; init; }

    /// <summary>Works the metrics out.</summary>
    /// <param name="partial">What is known.</param>
    /// <param name="vocabulary">Names the titles and countries.</param>
    /// <param name="from">When the window begins.</param>
    /// <param name="to">When it ends, which is "now" for cohorts.</param>
    /// <param name="options">Those of the recorders.</param>
    internal static AudienceMetrics Of(
        AudiencePartial partial, Vocabulary vocabulary, EventTime from, EventTime to, AudienceOptions options)
    {
        double window = (to - from).TotalMicroseconds;
        var people = new PeopleTally(Period.DayOf(to, options.UtcOffset));
        foreach (ref readonly KeyedRow<ViewerRow> viewer in partial.Viewers.Rows)
        {
            people.Add(viewer.Row, partial.Viewers.Scale);
        }

        var binges = default(BingeCount);
        foreach (ref readonly KeyedRow<BingeRow> binge in partial.Binges.Rows)
        {
            binges.Add(binge.Row.Count(), partial.Binges.Scale);
        }

        return new AudienceMetrics
        {
            AverageConcurrentPlays = Ratio.Of((double)partial.Whole.Open, window),
            AverageMinuteAudience = Ratio.Of((double)partial.Whole.Played, window),
            Titles = TitlesOf(partial, vocabulary, window),
            Days = PeriodsOf(partial, PeriodKind.Day, options.MaxDays, people),
            Weeks = PeriodsOf(partial, PeriodKind.Week, options.MaxWeeks, people: null),
            Months = PeriodsOf(partial, PeriodKind.Month, options.MaxMonths, people: null),
            Visits = people.Visits,
            ReturnVisits = people.ReturnVisits,
            ReturnVisitShare = Ratio.Of(people.ReturnVisits, people.Visits),
            ViewsPerVisit = Ratio.Of(people.Views, people.Visits),
            AverageVisitSeconds = Ratio.Of((double)people.VisitLength / EventTime.MicrosecondsPerSecond, people.Visits),
            AnonymousViews = partial.AnonymousViews,
            BingeSessions = binges.Sessions,
            EpisodesPerBinge = Ratio.Of(binges.Episodes, binges.Sessions),
            Retention = people.Retention.ToRetention(name: null),
            Cohorts = people.CohortsByDay(options.MaxDays),
            Countries = people.CohortsByCountry(vocabulary),
            SampleShare = 1.0 / Math.Max(partial.Viewers.Scale, partial.Binges.Scale),
            MissedPeriods = partial.MissedPeriods,
        };
    }

    private static List<TitleAudience> TitlesOf(AudiencePartial partial, Vocabulary vocabulary, double window)
    {
        var titles = new List<TitleAudience>();
        foreach (KeyValuePair<TitleId, PlayTimes> title in partial.Titles)
        {
            if (title.Value.Plays != 0)
            {
                string? name = title.Key.IsNone ? null : TitleAudience.NameOf(title.Key, vocabulary);
                titles.Add(TitleAudience.Of(name, title.Value, window));
            }
        }

        if (partial.OtherTitles.Plays != 0)
        {
            titles.Add(TitleAudience.Of("other", partial.OtherTitles, window));
        }

        titles.Sort(static (a, b) =>
        {
            int order = b.Play.CompareTo(a.Play);
            return order != 0 ? order : string.CompareOrdinal(a.Title, b.Title);
        });
        return titles;
    }

    private static PeriodAudience[] PeriodsOf(AudiencePartial partial, PeriodKind kind, int most, PeopleTally? people) =>
    [
        .. partial.Periods.Where(period => period.Key.Kind == kind).OrderBy(period => period.Key.Number).TakeLast(most)
            .Select(period => new PeriodAudience
            {
                Name = period.Key.ToString(),
                Viewers = period.Value.Viewers,
                Devices = period.Value.Devices,
                Households = period.Value.Households,
                NewViewers = people?.NewOn(period.Key.Number),
                ReturningViewers = people?.ReturningOn(period.Key.Number),
            }),
    ];
}
