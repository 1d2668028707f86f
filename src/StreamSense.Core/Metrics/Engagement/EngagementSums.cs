namespace StreamSense.Core.Metrics.Engagement;

/// <summary>What is added up of ended plays: counts, microseconds, and billionths of shares; mergeable.</summary>
internal struct EngagementSums
{
    /// <summary>Ended plays.</summary>
    public long Plays;

    /// <summary>Time playing.</summary>
    public long Playing;

    /// <summary>Distinct content, of each play.</summary>
    public long Content;

    /// <summary>Plays of titles of known length that are not live.</summary>
    public long CompletablePlays;

    /// <summary>Distinct content of <see cref="CompletablePlays"/>, none more than its title is long.</summary>
    public long CompletableContent;

    /// <summary>Lengths of the titles of <see cref="CompletablePlays"/>.</summary>
    public long Durations;

    /// <summary>Viewed shares of <see cref="CompletablePlays"/>, in billionths.</summary>
    public long ViewedShares;

    /// <summary>Those of <see cref="CompletablePlays"/> that came to the end, skipped or not.</summary>
    public long ReachedEnd;

    /// <summary>Those of <see cref="CompletablePlays"/> whose ranges are known.</summary>
    public long RangedPlays;

    /// <summary>How far <see cref="RangedPlays"/> came before they sought, in billionths of the title.</summary>
    public long ReachedBeforeSeek;

    /// <summary>Plays that played long enough to be valid.</summary>
    public long ValidPlays;

    /// <summary>Plays of starters.</summary>
    public long Starters;

    /// <summary>Plays of watchers.</summary>
    public long Watchers;

    /// <summary>Plays of completers.</summary>
    public long Completers;

    /// <summary>By completion share.</summary>
    public CompletionCounts Completions;

    /// <summary>By play time.</summary>
    public PlayTimeCounts PlayTimes;

    /// <summary>Adds other sums.</summary>
    public void Add(in EngagementSums other)
    {
        Plays += other.Plays;
        Playing += other.Playing;
        Content += other.Content;
        CompletablePlays += other.CompletablePlays;
        CompletableContent += other.CompletableContent;
        Durations += other.Durations;
        ViewedShares += other.ViewedShares;
        ReachedEnd += other.ReachedEnd;
        RangedPlays += other.RangedPlays;
        ReachedBeforeSeek += other.ReachedBeforeSeek;
        ValidPlays += other.ValidPlays;
        Starters += other.Starters;
        Watchers += other.Watchers;
        Completers += other.Completers;
        for (int i = 0; i < EngagementOptions.MaxCompletionShares; i++)
        {
            Completions[i] += other.Completions[i];
        }

        for (int i = 0; i < PlayTimeCounts.Classes; i++)
        {
            PlayTimes[i] += other.PlayTimes[i];
        }
    }
}
