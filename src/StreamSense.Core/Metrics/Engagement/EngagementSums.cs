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

    /// <summary>Adds other sums, or takes them back.</summary>
    /// <param name="other">The sums.</param>
    /// <param name="sign">1 to add, -1 to take back.</param>
    public void Add(in EngagementSums other, int sign = 1)
    {
        Plays += sign * other.Plays;
        Playing += sign * other.Playing;
        Content += sign * other.Content;
        CompletablePlays += sign * other.CompletablePlays;
        CompletableContent += sign * other.CompletableContent;
        Durations += sign * other.Durations;
        ViewedShares += sign * other.ViewedShares;
        ReachedEnd += sign * other.ReachedEnd;
        RangedPlays += sign * other.RangedPlays;
        ReachedBeforeSeek += sign * other.ReachedBeforeSeek;
        ValidPlays += sign * other.ValidPlays;
        Starters += sign * other.Starters;
        Watchers += sign * other.Watchers;
        Completers += sign * other.Completers;
        for (int i = 0; i < EngagementOptions.MaxCompletionShares; i++)
        {
            Completions[i] += sign * other.Completions[i];
        }

        for (int i = 0; i < PlayTimeCounts.Classes; i++)
        {
            PlayTimes[i] += sign * other.PlayTimes[i];
        }
    }
}
