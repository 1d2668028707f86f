using System.Collections.Immutable;
using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions.Inspection;

/// <summary>One line of a view's timeline: an event of the view, or its end by something else.</summary>
/// <remarks>Immutable. The credits of all lines add up to the times of the session.</remarks>
public sealed record ViewTimelineEntry
{
    /// <summary>When it applied: never before the line above.</summary>
    public required EventTime Time { get; init; }

    /// <summary>Since the first line.</summary>
    public required long OffsetMicroseconds { get; init; }

    /// <summary>The event; null where the view ended by something else, which is the only member of <see cref="Notes"/> then.</summary>
    public StreamEvent? Event { get; init; }

    /// <summary>The state that the view is in from here on.</summary>
    public required ViewState StateAfter { get; init; }

    /// <summary>The time since the line above, and time that waited to be decided until now; in the order of the rules.</summary>
    public required ImmutableArray<ViewCredit> Credits { get; init; }

    /// <summary>How much time since the line above waits to be decided: a buffering is open that may be a stall.</summary>
    public required long HeldMicroseconds { get; init; }

    /// <summary>What else happened.</summary>
    public required ImmutableArray<ViewNote> Notes { get; init; }
}
