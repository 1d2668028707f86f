namespace StreamSense.Core.Metrics;

/// <summary>How well one source, in one app version, delivers its events.</summary>
/// <remarks>Counts are of input records. Immutable.</remarks>
public sealed record SourceScore
{
    /// <summary>The source; empty if it was not given, <c>other</c> where there was no row left.</summary>
    public required string Source { get; init; }

    /// <summary>The app and its version; empty if it was not given.</summary>
    public required string App { get; init; }

    /// <summary>Records that reached their shard: <c>Accepted + Duplicates + Late</c>.</summary>
    public long Events => Accepted + Duplicates + Late;

    /// <summary>Records that were applied, or will be.</summary>
    public long Accepted { get; init; }

    /// <summary>Records seen before.</summary>
    public long Duplicates { get; init; }

    /// <summary>Records too far behind their source's watermark.</summary>
    public long Late { get; init; }

    /// <summary>Accepted records that came behind their source's watermark by more than the reorder horizon.</summary>
    public long Delayed { get; init; }

    /// <summary>How far behind the delayed and the late records came.</summary>
    public SpreadOfTime Lateness { get; init; }

    /// <summary>Numbers that <c>seq</c> passed over within a view: events lost on the way, or still on it.</summary>
    public long Missing { get; init; }

    /// <summary>Accepted records whose sender's clock was put right by more than a second.</summary>
    public long Skewed { get; init; }

    /// <summary>By how much clocks were put right, in either direction, over the records whose times were changed.</summary>
    public SpreadOfTime ClockSkew { get; init; }

    /// <summary>Attempts to play that ended with this source and app in force.</summary>
    public long ViewsEnded { get; init; }

    /// <summary>Those of them that nothing ended but silence.</summary>
    public long ViewsWithoutEnd { get; init; }

    /// <summary>Distinct visits, those of bots included; exact up to 4,096, within 1.6 % (one standard error) beyond.</summary>
    public long Visits { get; init; }

    /// <summary>Distinct visits of devices of the kind <c>bot</c>.</summary>
    public long BotVisits { get; init; }

    /// <summary>Accepted records of devices of the kind <c>bot</c>.</summary>
    public long BotEvents { get; init; }

    /// <summary>What a scorecard is ordered by: duplicates, late and skewed records, missing numbers, views without end.</summary>
    public long Problems => Duplicates + Late + Missing + Skewed + ViewsWithoutEnd;

    /// <summary>The share of accepted records that <see cref="Skewed"/> counts; null if there are none.</summary>
    public double? SkewedShare => Accepted == 0 ? null : (double)Skewed / Accepted;
}
