using StreamSense.Core.Events;

namespace StreamSense.Ml.Models;

/// <summary>What data a model was fitted to.</summary>
/// <param name="Rows">How many rows or interactions there were.</param>
/// <param name="From">The time of the first; null where the data have no times.</param>
/// <param name="To">The time of the last; null where the data have no times.</param>
public sealed record ModelDataRange(long Rows, EventTime? From = null, EventTime? To = null);
