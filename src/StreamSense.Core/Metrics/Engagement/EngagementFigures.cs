using System.Collections.Immutable;

namespace StreamSense.Core.Metrics.Engagement;

/// <summary>What ended plays watched: of a title, or of all.</summary>
/// <remarks>
/// Immutable. "Content" is what was played of the title, replays counted once. Counts and times are zero where nothing happened; a ratio
/// or mean whose denominator is zero is null. A play is completable if the length of its title is known and it is not live.
/// </remarks>
public sealed record EngagementFigures
{
    /// <summary>Plays that have ended.</summary>
    public long EndedPlays { get; init; }

    /// <summary>Time playing.</summary>
    public TimeSpan Play { get; init; }

    /// <summary>Content of each play, added up.</summary>
    public TimeSpan DistinctContent { get; init; }

    /// <summary>Play time a play: the average view duration.</summary>
    public double? AveragePlaySeconds { get; init; }

    /// <summary>Content a play.</summary>
    public double? AverageDistinctContentSeconds { get; init; }

    /// <summary>Ended plays that are completable.</summary>
    public long CompletablePlays { get; init; }

    /// <summary>Content of completable plays ÷ the lengths of their titles: long titles count for more.</summary>
    public double? ContentViewedRatio { get; init; }

    /// <summary>The mean of the shares that completable plays viewed of their titles: every play counts the same.</summary>
    public double? AverageViewedShare { get; init; }

    /// <summary>Completable plays that came to the end, whether or not they skipped something before it.</summary>
    public long ReachedEnd { get; init; }

    /// <summary>The share of completable plays that came to the end.</summary>
    public double? ReachedEndShare { get; init; }

    /// <summary>The mean of the furthest share of the title that completable plays reached before they first sought.</summary>
    public double? AverageReachBeforeSeekShare { get; init; }

    /// <summary>Completion at each threshold, ascending.</summary>
    public ImmutableArray<CompletionLevel> Completions { get; init; } = [];

    /// <summary>Plays that played long enough to be valid.</summary>
    public long ValidPlays { get; init; }

    /// <summary>The share of ended plays that are valid.</summary>
    public double? ValidPlaysShare { get; init; }

    /// <summary>Plays long enough for a starter; a watcher or completer of a short title is one too.</summary>
    public long Starters { get; init; }

    /// <summary>Completable plays that viewed enough for a watcher.</summary>
    public long Watchers { get; init; }

    /// <summary>Completable plays that viewed enough for a completer.</summary>
    public long Completers { get; init; }

    /// <summary>The distribution of play time, the shortest first.</summary>
    public ImmutableArray<PlayTimeClass> PlayTimes { get; init; } = [];

    /// <summary>Pairs of viewer and title with a completable play; of a title, its viewers.</summary>
    public long ViewerTitles { get; init; }

    /// <summary>The share of <see cref="ViewerTitles"/> that completed the title over all views together.</summary>
    public double? ViewerCompletionRate { get; init; }

    internal static EngagementFigures Of(EngagementSums sums, ViewerCounts viewers, EngagementOptions options) => new()
    {
        EndedPlays = sums.Plays,
        Play = TimeSpan.FromMicroseconds(sums.Playing),
        DistinctContent = TimeSpan.FromMicroseconds(sums.Content),
        AveragePlaySeconds = Ratio.Of(sums.Playing, sums.Plays * 1_000_000d),
        AverageDistinctContentSeconds = Ratio.Of(sums.Content, sums.Plays * 1_000_000d),
        CompletablePlays = sums.CompletablePlays,
        ContentViewedRatio = Ratio.Of(sums.CompletableContent, sums.Durations),
        AverageViewedShare = Ratio.Of(sums.ViewedShares, (double)sums.CompletablePlays * EngagementRules.WholeShare),
        ReachedEnd = sums.ReachedEnd,
        ReachedEndShare = Ratio.Of(sums.ReachedEnd, sums.CompletablePlays),
        AverageReachBeforeSeekShare = Ratio.Of(sums.ReachedBeforeSeek, (double)sums.RangedPlays * EngagementRules.WholeShare),
        Completions = CompletionsOf(sums, options),
        ValidPlays = sums.ValidPlays,
        ValidPlaysShare = Ratio.Of(sums.ValidPlays, sums.Plays),
        Starters = sums.Starters,
        Watchers = sums.Watchers,
        Completers = sums.Completers,
        PlayTimes = PlayTimesOf(sums.PlayTimes),
        ViewerTitles = viewers.Viewers,
        ViewerCompletionRate = Ratio.Of(viewers.Completers, viewers.Viewers),
    };

    private static ImmutableArray<CompletionLevel> CompletionsOf(in EngagementSums sums, EngagementOptions options)
    {
        ImmutableArray<CompletionLevel>.Builder levels = ImmutableArray.CreateBuilder<CompletionLevel>(options.CompletionShares.Length);
        for (int i = 0; i < options.CompletionShares.Length; i++)
        {
            long plays = sums.Completions[i];
            levels.Add(new CompletionLevel(options.CompletionShares[i], plays, Ratio.Of(plays, sums.CompletablePlays)));
        }

        return levels.MoveToImmutable();
    }

    private static ImmutableArray<PlayTimeClass> PlayTimesOf(PlayTimeCounts counts)
    {
        ReadOnlySpan<int> borders = PlayTimeCounts.BorderSeconds;
        ImmutableArray<PlayTimeClass>.Builder classes = ImmutableArray.CreateBuilder<PlayTimeClass>(PlayTimeCounts.Classes);
        for (int i = 0; i < PlayTimeCounts.Classes; i++)
        {
            classes.Add(new PlayTimeClass(
                i == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(borders[i - 1]),
                i == borders.Length ? null : TimeSpan.FromSeconds(borders[i]),
                counts[i]));
        }

        return classes.MoveToImmutable();
    }
}
