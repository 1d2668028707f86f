namespace StreamSense.Core.Metrics.Engagement;

/// <summary>A copy of a shard's pairs of viewer and title.</summary>
/// <param name="Keys">The pairs.</param>
/// <param name="Rows">What is known of each.</param>
/// <param name="Borders">The pool in which the lists of the rows stand.</param>
/// <param name="Misses">What is in no pair.</param>
internal sealed record ViewerTitleLeaf(
    ViewerTitleKey[] Keys, ViewerTitleRow[] Rows, RangeBorder[] Borders, ViewerTitleMisses Misses);
