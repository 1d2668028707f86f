namespace StreamSense.Ml.Ranking.Trees;

/// <summary>One column of bins: a byte a row that answers every split of one kind on one feature.</summary>
/// <remarks>
/// A bin is the number of thresholds that are not above the value, less 255 times the page, between 0 and 255; less 128 it is a signed
/// byte. A missing value has the least bin or the greatest, and so goes left or right whatever the threshold.
/// </remarks>
/// <param name="Page">Which 255 thresholds of the feature it answers.</param>
/// <param name="MissingRight">Whether a missing value has the greatest bin.</param>
/// <param name="ZeroIsMissing">Whether zero counts as missing.</param>
internal readonly record struct BinColumn(int Page, bool MissingRight, bool ZeroIsMissing)
{
    /// <summary>How many thresholds a page has.</summary>
    public const int PageSize = 255;
}
