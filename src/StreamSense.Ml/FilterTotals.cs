namespace StreamSense.Ml;

/// <summary>What a filter of a surface has kept from being shown.</summary>
/// <param name="Place">The surface's name.</param>
/// <param name="Filter">The filter's name; <c>catalogue</c> stands for proposals that the catalogue does not know.</param>
/// <param name="Refused">Candidates that may not be shown.</param>
/// <param name="Unknown">Candidates that were kept back because what would have to be known is not.</param>
public readonly record struct FilterTotals(string Place, string Filter, long Refused, long Unknown);
