namespace StreamSense.Core.Metrics.Profiles;

/// <summary>The same closed sessions, told by the definitions of others.</summary>
/// <remarks>Immutable; safe on any thread.</remarks>
/// <param name="Totals">What the profiles are worked out from.</param>
public sealed record ProfileMetrics(ProfileTotals Totals)
{
    internal static ProfileMetrics Of(ProfilePartial partial) => new(new ProfileTotals(partial.Sums));

    /// <summary>The metrics of a profile.</summary>
    /// <param name="profile">The profile.</param>
    public ProfileReport ReportOf(MetricProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var values = new List<ProfileValue>(profile.Formulas.Length);
        foreach (ProfileFormula formula in profile.Formulas)
        {
            values.Add(new ProfileValue(formula, formula.Of(Totals)));
        }

        return new ProfileReport(profile, values);
    }

    /// <summary>Two profiles side by side, with what makes them differ.</summary>
    /// <param name="first">A profile.</param>
    /// <param name="second">Another; differences are its values less those of the first.</param>
    public ProfileComparison Compare(MetricProfile first, MetricProfile second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return ProfileComparison.Of(first, second, Totals);
    }
}
