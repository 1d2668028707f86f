namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>What the oracle found: totals, the window, the ledger, and the metrics by their public names.</summary>
internal sealed class OracleReport
{
    internal int Offered { get; set; }

    internal int Accepted { get; set; }

    internal int Duplicates { get; set; }

    internal SortedDictionary<string, int> Rejected { get; } = new(StringComparer.Ordinal);

    internal long? FromUs { get; set; }

    internal long? ToUs { get; set; }

    internal List<OracleEntry> Entries { get; } = [];

    internal List<(long FromUs, long ToUs, OracleDims Dims)> Plays { get; } = [];

    /// <summary>One metric over everything, by its public name (<c>startupMs.p50</c>); null where its denominator is 0.</summary>
    internal decimal? this[string name] => Metrics()[name];

    /// <summary>Every metric over everything.</summary>
    internal Dictionary<string, decimal?> Metrics() => Metrics(Entries, Plays);

    /// <summary>Every metric by the values of a dimension that had an attempt; the empty key is the unknown value.</summary>
    internal Dictionary<string, Dictionary<string, decimal?>> By(string dimension) => Entries
        .GroupBy(entry => entry.Dims[dimension] ?? "", StringComparer.Ordinal)
        .ToDictionary(
            group => group.Key,
            group => Metrics([.. group], [.. Plays.Where(play => (play.Dims[dimension] ?? "") == group.Key)]),
            StringComparer.Ordinal);

    private Dictionary<string, decimal?> Metrics(List<OracleEntry> entries, List<(long FromUs, long ToUs, OracleDims Dims)> plays)
    {
        HashSet<string> played = Entries.Where(entry => entry.What == "plays").Select(entry => entry.View)
            .ToHashSet(StringComparer.Ordinal);
        decimal Sum(string what) => entries.Where(entry => entry.What == what).Sum(entry => entry.Amount);
        decimal OfPlays(string what) => entries.Where(entry => entry.What == what && played.Contains(entry.View))
            .Sum(entry => entry.Amount);
        string[] counts =
        [
            "attempts", "plays", "startFailures", "startDenials", "exitsBeforeStart", "exitsInPreroll", "stillStarting", "playbackFailures",
            "stalls", "bitrateSwitches",
        ];
        Dictionary<string, decimal?> metrics = counts.ToDictionary(name => name, name => (decimal?)Sum(name), StringComparer.Ordinal);
        foreach (string name in new[] { "watch", "play", "stall", "ad", "backgroundPlay" })
        {
            metrics[name + "Seconds"] = Sum(name + "Us") / 1_000_000m;
        }

        metrics["averageWatchSeconds"] = Ratio(OfPlays("watchUs") / 1_000_000m, Sum("plays"));
        metrics["bufferingRatio"] = Ratio(OfPlays("stallUs"), OfPlays("watchUs"));
        metrics["connectionRebufferingRatio"] = Ratio(Sum("stallUs"), Sum("playUs") + Sum("stallUs"));
        metrics["rebufferFrequencyPerHour"] = Ratio(Sum("stalls") * 3_600_000_000m, Sum("playUs"));
        metrics["stalledViewsShare"] = Ratio(Sum("stalledPlays"), Sum("plays"));
        metrics["averageBitrateKbps"] = Ratio(Sum("kbpsMediaUs"), Sum("mediaUs"));
        metrics["peakConcurrentPlays"] = Peak(plays);
        foreach (string name in new[] { "startup", "contentStartup" })
        {
            decimal[] values = [.. entries.Where(entry => entry.What == name + "Us").Select(entry => entry.Amount / 1000m).Order()];
            metrics[name + "Ms.p50"] = NearestRank(values, 0.50m);
            metrics[name + "Ms.p95"] = NearestRank(values, 0.95m);
        }

        return metrics;
    }

    private static decimal? Ratio(decimal numerator, decimal denominator) => denominator == 0m ? null : numerator / denominator;

    private static decimal? NearestRank(decimal[] sorted, decimal share) =>
        sorted.Length == 0 ? null : sorted[(int)Math.Max(0m, Math.Ceiling(share * sorted.Length) - 1m)];

    // The maximum is reached in a second in which some play begins.
    private static decimal Peak(List<(long FromUs, long ToUs, OracleDims Dims)> plays)
    {
        List<(long From, long To)> seconds = plays.ConvertAll(play => (play.FromUs / 1_000_000, play.ToUs / 1_000_000));
        return seconds.Select(play => play.From).Distinct()
            .Select(second => seconds.Count(play => play.From <= second && second <= play.To))
            .DefaultIfEmpty().Max();
    }
}
