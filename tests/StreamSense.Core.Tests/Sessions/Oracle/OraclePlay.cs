namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>An ended play: from its first content frame to its end.</summary>
/// <remarks>
/// Its content is sure unless a playhead became known while a buffering was undecided: what was played before that playhead is then
/// known only when the buffering has closed, and a player's word that far back is not kept.
/// </remarks>
internal sealed record OraclePlay(
    long FromUs,
    long ToUs,
    OracleDims Dims,
    string? Viewer,
    OracleTitle Title,
    OracleDims EndDims,
    List<(decimal From, decimal To)> Content,
    bool IsContentSure)
{
    /// <summary>Whether its content has a known length that can be watched to the end.</summary>
    internal bool IsCompletable => !Title.IsLive && Title.DurationUs is not null;

    /// <summary>The content that was played, each part once, within the length where that is known.</summary>
    internal decimal DistinctUs => OracleContent.Distinct(Content, Title.DurationUs);
}
