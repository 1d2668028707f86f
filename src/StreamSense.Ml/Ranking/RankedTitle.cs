using StreamSense.Core.Events;

namespace StreamSense.Ml.Ranking;

/// <summary>A slot of a slate.</summary>
/// <param name="Title">The title.</param>
/// <param name="Score">Its score; finite.</param>
public readonly record struct RankedTitle(TitleId Title, float Score)
{
    /// <summary>With what probability the policy chose this title, given those before it.</summary>
    /// <value>1: chosen with certainty.</value>
    public float Propensity { get; init; } = 1;
}
