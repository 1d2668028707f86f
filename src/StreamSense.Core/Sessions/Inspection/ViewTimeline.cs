using System.Collections.Immutable;
using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions.Inspection;

/// <summary>What happened to one view, line by line, and what became of it.</summary>
/// <param name="View">The view.</param>
/// <param name="Entries">Its lines, in the order in which they applied.</param>
/// <param name="DroppedEntries">How many more lines there were than are kept.</param>
/// <param name="Session">Its record; null if it never was an attempt, or has not ended.</param>
/// <param name="Watched">What it played, in order.</param>
public sealed record ViewTimeline(
    ViewId View,
    ImmutableArray<ViewTimelineEntry> Entries,
    long DroppedEntries,
    PlaybackSession? Session,
    ImmutableArray<WatchedRange> Watched);
