using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics.Engagement;

/// <summary>Judges a play by the options.</summary>
internal sealed class EngagementRules(EngagementOptions options)
{
    /// <summary>The whole of a title, in the integers in which shares are added up.</summary>
    public const long WholeShare = 1_000_000_000;

    private readonly long _validPlay = (long)options.ValidPlayTime.TotalMicroseconds;
    private readonly long _starter = (long)options.StarterTime.TotalMicroseconds;
    private readonly long _endTolerance = (long)options.EndTolerance.TotalMicroseconds;

    /// <summary>What a play adds to the sums.</summary>
    public EngagementSums SumsOf(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        long playing = session.Times.Playing;
        var sums = new EngagementSums
        {
            Plays = 1,
            Playing = playing,
            Content = session.WatchedContentMicroseconds,
            ValidPlays = playing > _validPlay ? 1 : 0,
            Starters = playing >= _starter ? 1 : 0,
        };
        sums.PlayTimes[PlayTimeCounts.ClassOf(playing)] = 1;
        if (session.IsCompletable)
        {
            AddCompletable(ref sums, session, watched);
        }

        return sums;
    }

    /// <summary>How far into the title a position is, in billionths of its length; none before its beginning, nor past its end.</summary>
    public static long ShareOf(long position, long duration) =>
        position >= duration ? WholeShare : position <= 0 ? 0 : (long)Math.Round((double)position / duration * WholeShare);

    private void AddCompletable(ref EngagementSums sums, in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        long duration = session.DurationMicroseconds;
        long content = session.WatchedContentMicroseconds;
        sums.CompletablePlays = 1;
        sums.Durations = duration;
        sums.CompletableContent = Math.Min(content, duration);
        sums.ViewedShares = ShareOf(content, duration);
        sums.ReachedEnd = ReachedEnd(session, watched) ? 1 : 0;
        sums.Watchers = content >= duration * options.WatcherShare ? 1 : 0;
        sums.Completers = content >= duration * options.CompleterShare ? 1 : 0;
        sums.Starters |= sums.Watchers | sums.Completers;
        for (int i = 0; i < options.CompletionShares.Length; i++)
        {
            sums.Completions[i] = content >= duration * options.CompletionShares[i] ? 1 : 0;
        }

        if (!watched.IsEmpty)
        {
            sums.RangedPlays = 1;
            sums.ReachedBeforeSeek = ShareOf(ReachBeforeSeek(session, watched), duration);
        }
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
