using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates.Histories;

/// <summary>When a title counts as begun and when as finished.</summary>
/// <remarks>Immutable; asks the catalogue, so that a duration learnt later holds for what was watched before.</remarks>
internal sealed class WatchRules(Catalogue catalogue, WatchHistoryOptions options)
{
    private readonly double _finishedShare = options.FinishedShare;
    private readonly double _minimumMicroseconds = options.MinimumProgress.TotalMicroseconds;

    /// <summary>Takes a fact into what is remembered of viewer and title.</summary>
    public void Update(ref WatchedTitle watched, in ViewFact fact)
    {
        watched.LastWatched = fact.Time;
        if (fact.PlayheadMicroseconds != Absent.Time)
        {
            watched.PlayheadMicroseconds = fact.PlayheadMicroseconds;
        }
        else if (fact.Kind == ViewFactKind.FirstFrame)
        {
            // A new view without a playhead begins at the beginning.
            watched.PlayheadMicroseconds = 0;
        }

        watched.Flags &= WatchedFlags.EverFinished;
        if (fact.Live)
        {
            watched.Flags |= WatchedFlags.Live;
        }
        else if (IsCompleted(fact) || IsAtEnd(watched, catalogue.Find(watched.Title)))
        {
            watched.Flags |= WatchedFlags.Finished | WatchedFlags.EverFinished;
        }
    }

    /// <summary>Whether the viewer has ever reached the end.</summary>
    public bool IsEverFinished(in WatchedTitle watched, CatalogueTitle? title) =>
        (watched.Flags & WatchedFlags.EverFinished) != 0 || IsAtEnd(watched, title);

    /// <summary>Whether the latest view can be continued.</summary>
    public bool IsInProgress(in WatchedTitle watched, CatalogueTitle? title) =>
        (watched.Flags & (WatchedFlags.Finished | WatchedFlags.Live)) == 0
        && watched.PlayheadMicroseconds >= _minimumMicroseconds
        && !IsAtEnd(watched, title);

    private static bool IsCompleted(in ViewFact fact) => fact.Kind == ViewFactKind.Ended && fact.Reason == EndReason.Completed;

    private bool IsAtEnd(in WatchedTitle watched, CatalogueTitle? title) =>
        title?.Duration is { } duration
        && watched.PlayheadMicroseconds >= duration.TotalMicroseconds * _finishedShare
        && (watched.Flags & WatchedFlags.Live) == 0;
}
