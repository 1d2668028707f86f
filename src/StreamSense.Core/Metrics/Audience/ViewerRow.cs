using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Audience;

/// <summary>What is remembered of a viewer, or of a device without one.</summary>
internal struct ViewerRow : IKeyedState<ViewerRow>
{
    /// <summary>Days with a play; of viewers only.</summary>
    public ActiveDays Days;

    /// <summary>The first play, and the country it was in.</summary>
    public Moment FirstPlay;
    public Symbol Country;

    public VisitSpans Visits;

    /// <summary>The gap that makes two visits, in microseconds: parts of one row agree in it.</summary>
    public long Gap;

    /// <summary>Views that were attempted.</summary>
    public long Views;

    public void AddPlay(EventTime time, int day, Symbol country) =>
        JoinPlay(ActiveDays.Of(day), Moment.At(time), country);

    /// <inheritdoc/>
    public void Join(in ViewerRow other)
    {
        Gap = Math.Max(Gap, other.Gap);
        Visits.Join(other.Visits, Gap);
        Views += other.Views;
        JoinPlay(other.Days, other.FirstPlay, other.Country);
    }

    private void JoinPlay(in ActiveDays days, Moment firstPlay, Symbol country)
    {
        Days.Join(days);
        if (firstPlay.IsKnown
            && (!FirstPlay.IsKnown || FirstPlay.IsAfter(firstPlay) || (FirstPlay == firstPlay && country.Value < Country.Value)))
        {
            FirstPlay = firstPlay;
            Country = country;
        }
    }
}
