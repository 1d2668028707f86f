using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions.Inspection;

/// <summary>A run of time of a view: what it was, and by which rule.</summary>
/// <param name="State">The state that it was credited to; null for unknown time, which no rule credits.</param>
/// <param name="Start">When it began.</param>
/// <param name="Microseconds">How long it was.</param>
/// <param name="Rule">Why.</param>
/// <param name="LimitMicroseconds">The limit that the rule compared with; 0 if it has none.</param>
public readonly record struct ViewCredit(
    ViewState? State, EventTime Start, long Microseconds, CreditRule Rule, long LimitMicroseconds);
