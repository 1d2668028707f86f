namespace StreamSense.Core.Metrics.Profiles;

/// <summary>A term of a formula, and how many times it counts.</summary>
/// <param name="Term">The term.</param>
/// <param name="Weight">How many times it counts; below zero to take it off.</param>
public readonly record struct WeightedTerm(ProfileTerm Term, int Weight = 1)
{
    /// <summary>A term that counts once.</summary>
    /// <param name="term">The term.</param>
    public static implicit operator WeightedTerm(ProfileTerm term) => new(term);
}
