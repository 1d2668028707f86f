namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>An ended play: from its first content frame to its end.</summary>
internal sealed record OraclePlay(
    long FromUs,
    long ToUs,
    OracleDims Dims,
    string? Viewer,
    OracleTitle Title,
    OracleDims EndDims,
    List<(decimal From, decimal To)> Content)
{
    /// <summary>Whether its content has a known length that can be watched to the end.</summary>
    internal bool IsCompletable => !Title.IsLive && Title.DurationUs is not null;
}
