namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>An open buffering of a view, and the rebuffering time it has gathered.</summary>
internal sealed class OracleBuffering
{
    /// <summary>A stretch of rebuffering and what held in it, should it turn out to be playing time.</summary>
    internal sealed record Stretch(long FromUs, long ToUs, decimal Rate, decimal? Kbps, bool Background, long GapUs, OracleDims Dims);

    internal required long StartUs { get; init; }

    internal required long? DurationUs { get; init; }

    /// <summary>Counts as seeking: it began or was overtaken so, or its reason says so.</summary>
    internal required bool IsSeeking { get; set; }

    internal List<Stretch> Stretches { get; } = [];
}
