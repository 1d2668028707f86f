using System.Runtime.InteropServices;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics.Audience;

/// <summary>What one shard knows of the audience at one moment, or several shards together.</summary>
/// <remarks>
/// Not changed once it is handed out. Merging is associative and commutative, with <see cref="Empty"/> as its identity, as long as no visit
/// or binge of a viewer whose views are in several shards is settled: such a one counts in each of them.
/// </remarks>
internal sealed class AudiencePartial : IOpenViewVisitor
{
    private PlayTimes _whole;
    private PlayTimes _otherTitles;

    public static AudiencePartial Empty { get; } = new();

    public PlayTimes Whole
    {
        get => _whole;
        init => _whole = value;
    }

    /// <summary>What is known of titles for which there was no room.</summary>
    public PlayTimes OtherTitles
    {
        get => _otherTitles;
        init => _otherTitles = value;
    }

    public Dictionary<TitleId, PlayTimes> Titles { get; init; } = [];

    public Dictionary<Period, PeriodCounters> Periods { get; init; } = [];

    public SampledRows<ViewerRow> Viewers { get; init; } = SampledRows<ViewerRow>.Empty;

    public SampledRows<BingeRow> Binges { get; init; } = SampledRows<BingeRow>.Empty;

    /// <summary>How many titles there is room for while the partial is made; merged ones have room for all.</summary>
    public int MaxTitles { get; init; } = int.MaxValue;

    /// <summary>Views of which neither viewer nor device is known.</summary>
    public long AnonymousViews { get; init; }

    public long MissedPeriods { get; init; }

    /// <summary>What both know.</summary>
    public AudiencePartial Merge(AudiencePartial other)
    {
        PlayTimes whole = Whole;
        whole.Add(other.Whole, 1);
        PlayTimes otherTitles = OtherTitles;
        otherTitles.Add(other.OtherTitles, 1);
        var titles = new Dictionary<TitleId, PlayTimes>(Titles);
        foreach (KeyValuePair<TitleId, PlayTimes> title in other.Titles)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(titles, title.Key, out _).Add(title.Value, 1);
        }

        var periods = new Dictionary<Period, PeriodCounters>(Periods);
        foreach (KeyValuePair<Period, PeriodCounters> period in other.Periods)
        {
            if (periods.TryGetValue(period.Key, out PeriodCounters? known))
            {
                var both = new PeriodCounters();
                both.Merge(known);
                both.Merge(period.Value);
                periods[period.Key] = both;
            }
            else
            {
                periods.Add(period.Key, period.Value);
            }
        }

        return new AudiencePartial
        {
            Whole = whole,
            OtherTitles = otherTitles,
            Titles = titles,
            Periods = periods,
            Viewers = Viewers.Join(other.Viewers),
            Binges = Binges.Join(other.Binges),
            AnonymousViews = AnonymousViews + other.AnonymousViews,
            MissedPeriods = MissedPeriods + other.MissedPeriods,
        };
    }

    /// <summary>Adds the time so far of a play that is open; only while the partial is made.</summary>
    public void Visit(in ViewRow view)
    {
        if (!view.Has(ViewFlags.Started))
        {
            return;
        }

        var times = new PlayTimes { Plays = 1, Open = view.Last - view.FirstFrameTime, Played = view.Times.Playing };
        _whole.Add(times, 1);
        TitleId title = view.Dimensions.Title;
        if (Titles.Count < MaxTitles || Titles.ContainsKey(title))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(Titles, title, out _).Add(times, 1);
        }
        else
        {
            _otherTitles.Add(times, 1);
        }
    }
}
