namespace StreamSense.Ml.Features.Rules;

/// <summary>The visit of the app that is under way.</summary>
/// <remarks>A visit ends when another one is named, or after <see cref="Gap"/> without a signal. Missing between visits, <see
/// cref="VisitMeasure.Visits"/>
/// apart.</remarks>
/// <param name="Measure">What is measured.</param>
/// <param name="Of">What belongs to a visit.</param>
public sealed record VisitRule(VisitMeasure Measure, EventSelector Of) : FeatureRule
{
    /// <summary>How long a visit outlasts its last signal.</summary>
    /// <value>30 minutes.</value>
    public TimeSpan Gap { get; init; } = TimeSpan.FromMinutes(30);
}
