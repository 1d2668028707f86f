using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Audience;

/// <summary>An episode that was watched far enough to count, by one view.</summary>
internal readonly record struct Episode(EventTime Start, EventTime End, TitleId Title) : IComparable<Episode>
{
    public int CompareTo(Episode other)
    {
        int order = Start.CompareTo(other.Start);
        order = order != 0 ? order : End.CompareTo(other.End);
        return order != 0 ? order : Title.Value.CompareTo(other.Title.Value);
    }
}
