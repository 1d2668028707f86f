namespace StreamSense.Ml.Features.Rules;

/// <summary>What the catalogue says of a title.</summary>
/// <remarks>Missing where it says nothing. Of the title’s scope.</remarks>
/// <param name="Measure">What is read.</param>
public sealed record CatalogueRule(CatalogueMeasure Measure) : FeatureRule
{
    /// <summary>After what age a title is half as fresh; only for <see cref="CatalogueMeasure.Freshness"/>.</summary>
    /// <value>30 days.</value>
    public TimeSpan HalfLife { get; init; } = TimeSpan.FromDays(30);
}
