namespace StreamSense.Core.Metrics.Profiles;

/// <summary>The sums that all profiles are worked out from.</summary>
/// <remarks>Immutable; safe on any thread. Of closed sessions only: an open view has no outcome yet.</remarks>
public sealed class ProfileTotals
{
    private readonly ProfileSums _sums;

    internal ProfileTotals(in ProfileSums sums) => _sums = sums;

    /// <summary>The sum of a term in its unit: seconds, counts, kilobits or points.</summary>
    /// <param name="term">The term.</param>
    public double this[ProfileTerm term] => ProfileTerms.InUnit(term, _sums.Of(term));

    /// <summary>The unit of a term.</summary>
    /// <param name="term">The term.</param>
    public static ProfileTermUnit UnitOf(ProfileTerm term) => ProfileTerms.UnitOf(term);

    /// <summary>The name of a term in reports.</summary>
    /// <param name="term">The term.</param>
    public static string NameOf(ProfileTerm term) => ProfileTerms.NameOf(term);
}
