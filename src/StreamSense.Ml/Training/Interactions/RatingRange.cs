namespace StreamSense.Ml.Training.Interactions;

/// <summary>Between what numbers ratings lie, and where their mean is.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Lowest">The lowest rating seen.</param>
/// <param name="Highest">The highest rating seen.</param>
public readonly record struct RatingRange(float Mean, float Lowest, float Highest);
