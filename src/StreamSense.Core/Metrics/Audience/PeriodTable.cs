using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics.Audience;

/// <summary>The latest days, weeks and months with their distinct viewers.</summary>
/// <remarks>The shard's thread only. Allocates for periods that are new.</remarks>
internal sealed class PeriodTable(AudienceOptions options)
{
    private static readonly PeriodKind[] Kinds = [PeriodKind.Day, PeriodKind.Week, PeriodKind.Month];

    private readonly Dictionary<Period, PeriodCounters> _periods = [];
    private readonly int[] _counts = new int[3];
    private readonly int[] _oldest = [int.MaxValue, int.MaxValue, int.MaxValue];
    private readonly int[] _most = [options.MaxDays, options.MaxWeeks, options.MaxMonths];

    /// <summary>How many additions came for a period that is no longer kept.</summary>
    public long Missed { get; private set; }

    public void Add(in PlaybackSession session)
    {
        int day = Period.DayOf(session.FirstFrame, options.UtcOffset);
        foreach (PeriodKind kind in Kinds)
        {
            Find(Period.OfDay(kind, day))?.Add(session);
        }
    }

    public Dictionary<Period, PeriodCounters> Copy()
    {
        var copy = new Dictionary<Period, PeriodCounters>(_periods.Count);
        foreach (KeyValuePair<Period, PeriodCounters> period in _periods)
        {
            copy.Add(period.Key, period.Value.Copy());
        }

        return copy;
    }

    private PeriodCounters? Find(Period period)
    {
        if (_periods.TryGetValue(period, out PeriodCounters? counters))
        {
            return counters;
        }

        int kind = (int)period.Kind;
        if (_counts[kind] == _most[kind])
        {
            if (period.Number < _oldest[kind])
            {
                Missed++;
                return null;
            }

            _periods.Remove(new Period(period.Kind, _oldest[kind]));
            _counts[kind]--;
            _oldest[kind] = int.MaxValue;
            foreach (Period kept in _periods.Keys)
            {
                _oldest[kind] = kept.Kind == period.Kind ? Math.Min(_oldest[kind], kept.Number) : _oldest[kind];
            }
        }

        counters = new PeriodCounters();
        _periods.Add(period, counters);
        _counts[kind]++;
        _oldest[kind] = Math.Min(_oldest[kind], period.Number);
        return counters;
    }
}
