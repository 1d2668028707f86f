using StreamSense.Core.Events;

namespace StreamSense.Ml.Evaluation;

/// <summary>How good answers were for a while.</summary>
/// <param name="From">The time of the first question.</param>
/// <param name="To">The time of the last question.</param>
/// <param name="Figures">How good they were.</param>
public sealed record PrequentialWindow(EventTime From, EventTime To, PrequentialFigures Figures);
