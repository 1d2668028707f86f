using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Subscriptions;

/// <summary>Counts, month by month, who was a subscriber when it began and when it ended.</summary>
internal sealed class ChurnTally
{
    private const int Months = 13;

    private readonly Period[] _months = new Period[Months];
    private readonly Moment[] _borders = new Moment[Months + 1];
    private readonly long[] _opening = new long[Months];
    private readonly long[] _lost = new long[Months];

    /// <summary>Tallies the months up to one.</summary>
    /// <param name="now">An instant in the last month; its end for what has not ended yet.</param>
    public ChurnTally(EventTime now)
    {
        int last = Period.OfDay(PeriodKind.Month, Period.DayOf(now, TimeSpan.Zero)).Number;
        for (int i = 0; i < Months; i++)
        {
            _months[i] = new Period(PeriodKind.Month, last - Months + 1 + i);
            _borders[i] = Moment.At(_months[i].StartOfMonth());
        }

        _borders[Months] = Moment.At(new EventTime(now.UnixMicroseconds + 1));
    }

    public void Add(in AccountRow account, long scale)
    {
        bool isActive = account.IsActiveAt(_borders[0]);
        for (int i = 0; i < Months; i++)
        {
            bool isActiveAtEnd = account.IsActiveAt(_borders[i + 1]);
            _opening[i] += isActive ? scale : 0;
            _lost[i] += isActive && !isActiveAtEnd ? scale : 0;
            isActive = isActiveAtEnd;
        }
    }

    /// <summary>The months in which there was somebody to lose.</summary>
    public IReadOnlyList<MonthlyChurn> ToMetrics()
    {
        var list = new List<MonthlyChurn>();
        for (int i = 0; i < Months; i++)
        {
            if (_opening[i] != 0)
            {
                list.Add(new MonthlyChurn
                {
                    Month = _months[i].ToString(),
                    OpeningSubscribers = _opening[i],
                    LostSubscribers = _lost[i],
                    ChurnRate = Ratio.Of(_lost[i], _opening[i]),
                });
            }
        }

        return list;
    }
}
