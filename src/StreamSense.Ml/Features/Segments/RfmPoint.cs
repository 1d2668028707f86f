using StreamSense.Core.Events;

namespace StreamSense.Ml.Features.Segments;

/// <summary>How recently, how often and for how much a viewer came.</summary>
/// <param name="Viewer">The viewer.</param>
/// <param name="Recency">Days since the last time; the less, the better.</param>
/// <param name="Frequency">How many times.</param>
/// <param name="Monetary">For how much: money, or hours watched.</param>
public readonly record struct RfmPoint(ViewerId Viewer, double Recency, double Frequency, double Monetary);
