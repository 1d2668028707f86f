using StreamSense.Ml.Ranking;

namespace StreamSense.Ml;

/// <summary>How a shadow model's order compares with what was shown.</summary>
/// <param name="Place">The surface's name.</param>
/// <param name="Model">The shadow model there is at present.</param>
/// <param name="Rankings">Rankings that it scored.</param>
/// <param name="Failures">Rankings at which it threw.</param>
/// <param name="Slots">Titles shown in the rankings that it scored.</param>
/// <param name="AgreedSlots">How many of those are among the shadow's best as many.</param>
public readonly record struct ShadowTotals(
    string Place, ModelInfo Model, long Rankings, long Failures, long Slots, long AgreedSlots);
