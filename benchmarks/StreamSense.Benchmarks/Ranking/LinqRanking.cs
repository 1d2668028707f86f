using System.Collections.Concurrent;
using StreamSense.Core.Events;

namespace StreamSense.Benchmarks.Ranking;

/// <summary>The baseline: the same features and weights as a user would write them with dictionaries, objects and LINQ.</summary>
internal sealed class LinqRanking(double halfLifeHours)
{
    private readonly ConcurrentDictionary<string, TitleState> _titles = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ViewerState> _viewers = new(StringComparer.Ordinal);

    public void AddTitle(string title, TimeSpan duration, EventTime published) =>
        _titles[title] = new TitleState { Title = title, Duration = duration, Published = published };

    public void AddPlay(string title, string viewer, EventTime start, EventTime end, TimeSpan watched)
    {
        TitleState state = _titles[title];
        state.Plays = (state.Plays * Decay(state.PlaysAt, start)) + 1;
        state.PlaysAt = start;
        state.WatchHours = (state.WatchHours * Decay(state.WatchAt, end)) + watched.TotalHours;
        state.WatchAt = end;
        ViewerState memory = _viewers.GetOrAdd(viewer, _ => new ViewerState());
        memory.Watched[title] = (watched, end);
        if (memory.Watched.Count > 16)
        {
            memory.Watched.TryRemove(memory.Watched.MinBy(pair => pair.Value.At.UnixMicroseconds).Key, out _);
        }
    }

    public List<RankedName> Rank(string viewer, EventTime now, int slots)
    {
        ViewerState? memory = _viewers.GetValueOrDefault(viewer);
        return _titles.Values
            .Select(title => new RankedName(title.Title, Score(title, memory, now)))
            .OrderByDescending(ranked => ranked.Score)
            .ThenBy(ranked => ranked.Title, StringComparer.Ordinal)
            .Take(slots)
            .ToList();
    }

    private double Score(TitleState title, ViewerState? memory, EventTime now)
    {
        double score = Math.Log(1 + (title.Plays * Decay(title.PlaysAt, now)))
            + (0.5 * Math.Log(1 + (title.WatchHours * Decay(title.WatchAt, now))))
            + (0.25 * Math.Pow(2, -(now - title.Published).TotalDays / 30));
        if (memory is not null && memory.Watched.TryGetValue(title.Title, out (TimeSpan Playhead, EventTime At) watched))
        {
            bool finished = watched.Playhead >= title.Duration * 0.9;
            score += finished ? -4 : watched.Playhead >= TimeSpan.FromSeconds(30) ? 4 : 0;
        }

        return score;
    }

    private double Decay(EventTime from, EventTime to) => Math.Pow(2, -(to - from).TotalHours / halfLifeHours);

    internal sealed record RankedName(string Title, double Score);

    private sealed class TitleState
    {
        public required string Title { get; init; }

        public required TimeSpan Duration { get; init; }

        public required EventTime Published { get; init; }

        public double Plays { get; set; }

        public EventTime PlaysAt { get; set; }

        public double WatchHours { get; set; }

        public EventTime WatchAt { get; set; }
    }

    private sealed class ViewerState
    {
        public ConcurrentDictionary<string, (TimeSpan Playhead, EventTime At)> Watched { get; } = new(StringComparer.Ordinal);
    }
}
