using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics.Engagement;

/// <summary>Judges a play by the options and thresholds.</summary>
internal sealed class EngagementRules(EngagementOptions options, EngagementThresholds thresholds)
{
    /// <summary>The whole of a title, in the integers in which shares are added up.</summary>
    public const long WholeShare = 1_000_000_000;

    private readonly long _validPlay = (long)options.ValidPlayTime.TotalMicroseconds;
    private readonly long _starter = (long)options.StarterTime.TotalMicroseconds;
    private readonly long _endTolerance = (long)options.EndTolerance.TotalMicroseconds;
    private readonly double[] _completionShares = [.. options.CompletionShares];

    /// <summary>Adds a play to the sums, or takes it back; touches only what it changes.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="session">An ended play.</param>
    /// <param name="watched">What it played.</param>
    /// <param name="sign">1 to add, -1 to take back.</param>
    public void Count(ref EngagementSums sums, in PlaybackSession session, ReadOnlySpan<WatchedRange> watched, int sign)
    {
        long playing = session.Times.Playing;
        bool isStarter = playing >= _starter;
        sums.Plays += sign;
        sums.Playing += sign * playing;
        sums.Content += sign * session.WatchedContentMicroseconds;
        sums.ValidPlays += playing > _validPlay ? sign : 0;
        sums.PlayTimes[PlayTimeCounts.ClassOf(playing)] += sign;
        if (session.IsCompletable)
        {
            isStarter |= CountCompletable(ref sums, session, watched, sign);
        }

        sums.Starters += isStarter ? sign : 0;
    }

    /// <summary>How far into the title a position is, in billionths of its length; none before its beginning, nor past its end.</summary>
    public static long ShareOf(long position, long duration) =>
        position >= duration ? WholeShare : position <= 0 ? 0 : (long)Math.Round((double)position / duration * WholeShare);

    // Gives whether the play is a watcher's or a completer's.
    private bool CountCompletable(ref EngagementSums sums, in PlaybackSession session, ReadOnlySpan<WatchedRange> watched, int sign)
    {
        long duration = session.DurationMicroseconds;
        long content = session.WatchedContentMicroseconds;
        bool isWatcher = content >= duration * options.WatcherShare;
        bool isCompleter = thresholds.IsCompletion(session);
        sums.CompletablePlays += sign;
        sums.Durations += sign * duration;
        sums.CompletableContent += sign * Math.Min(content, duration);
        sums.ViewedShares += sign * ShareOf(content, duration);
        sums.ReachedEnd += ReachedEnd(session, watched) ? sign : 0;
        sums.Watchers += isWatcher ? sign : 0;
        sums.Completers += isCompleter ? sign : 0;

        // The shares ascend: what does not come up to one comes up to none of those after it.
        for (int i = 0; i < _completionShares.Length && content >= duration * _completionShares[i]; i++)
        {
            sums.Completions[i] += sign;
        }

        if (!watched.IsEmpty)
        {
            sums.RangedPlays += sign;
            sums.ReachedBeforeSeek += sign * ShareOf(ReachBeforeSeek(session, watched), duration);
        }

        return isWatcher || isCompleter;
    }

    private bool ReachedEnd(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        long end = session.DurationMicroseconds - _endTolerance;
        return session.Reason == EndReason.Completed
            || (session.PlayheadMicroseconds != Absent.Time && session.PlayheadMicroseconds >= end)
            || FurthestOf(watched) >= end;
    }

    // The first jump of a view that sought is taken for its first seek; without a seek a jump is a correction of the playhead.
    private static long ReachBeforeSeek(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) =>
        session.Seeks > 0 ? watched[0].ToMicroseconds : FurthestOf(watched);

    private static long FurthestOf(ReadOnlySpan<WatchedRange> watched)
    {
        long furthest = long.MinValue;
        foreach (WatchedRange range in watched)
        {
            furthest = Math.Max(furthest, range.ToMicroseconds);
        }

        return furthest;
    }
}
