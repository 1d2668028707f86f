namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>What the oracle found: totals, the window, the ledger, and the metrics by their public names.</summary>
internal sealed class OracleReport
{
    private HashSet<string>? _played;

    /// <summary>The metrics where nothing happened.</summary>
    internal static Dictionary<string, decimal?> OfNothing => new OracleReport().Metrics();

    internal int Offered { get; set; }

    internal int Accepted { get; set; }

    internal int Duplicates { get; set; }

    internal SortedDictionary<string, int> Rejected { get; } = new(StringComparer.Ordinal);

    internal long? FromUs { get; set; }

    internal long? ToUs { get; set; }

    /// <summary>What only the whole has: trials and mentions belong to no view.</summary>
    internal Dictionary<string, decimal?> OfTheWhole { get; set; } = new(StringComparer.Ordinal);

    internal List<OracleEntry> Entries { get; } = [];

    /// <summary>The views that had a content frame.</summary>
    private HashSet<string> Played =>
        _played ??= Entries.Where(entry => entry.What == "plays").Select(entry => entry.View).ToHashSet(StringComparer.Ordinal);

    internal List<OraclePlay> Plays { get; } = [];

    internal List<OracleAttempt> Attempts { get; } = [];

    /// <summary>The share of pairs of viewer and title with a play that can be completed, that did so over all their views.</summary>
    internal decimal? ViewerCompletionRate => Ratio(Pairs.Count(IsCompleted), Pairs.Count());

    /// <summary>
    /// Whether of every play that can be completed the content is sure, and no title changed its length between two views.
    /// </summary>
    internal bool AreViewerCompletionsSure =>
        AreCompletionsSure && Pairs.All(pair => pair.All(play => play.Title.DurationUs == pair.First().Title.DurationUs));

    private IEnumerable<IGrouping<(string, string?), OraclePlay>> Pairs =>
        Plays.Where(play => play.IsCompletable && play.Viewer is not null).GroupBy(play => (play.Viewer!, play.EndDims.Title));

    /// <summary>Whether of every play that can be completed it is sure what content it played.</summary>
    internal bool AreCompletionsSure => Plays.TrueForAll(play => play.IsContentSure || !play.IsCompletable);

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

    /// <summary>What happened in each window of a length, keyed by where it begins; windows in which nothing did are left out.</summary>
    internal SortedDictionary<long, List<OracleEntry>> Windows(long lengthUs)
    {
        var windows = new SortedDictionary<long, List<OracleEntry>>();
        foreach (OracleEntry entry in Entries)
        {
            for (long start = entry.FromUs / lengthUs * lengthUs; start <= entry.ToUs; start += lengthUs)
            {
                if (entry.Within(start, start + lengthUs) is { } part)
                {
                    windows.TryAdd(start, []);
                    windows[start].Add(part);
                }
            }
        }

        return windows;
    }

    /// <summary>Every metric of what happened in a stretch of time.</summary>
    internal Dictionary<string, decimal?> Metrics(List<OracleEntry> entries, long fromUs, long toUs) =>
        Metrics(entries, Plays, fromUs / 1_000_000, (toUs - 1) / 1_000_000);

    private Dictionary<string, decimal?> Metrics(
        List<OracleEntry> entries,
        List<OraclePlay> plays,
        long firstSecond = long.MinValue,
        long lastSecond = long.MaxValue)
    {
        ILookup<string, OracleEntry> byName = entries.ToLookup(entry => entry.What, StringComparer.Ordinal);
        decimal Sum(string what) => byName[what].Sum(entry => entry.Amount);
        decimal OfPlays(string what) => byName[what].Where(entry => Played.Contains(entry.View)).Sum(entry => entry.Amount);
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
        metrics["bounceRate"] = Ratio(Sum("bounces"), Sum("playsEnded"));
        metrics["completionRate"] = Ratio(Sum("completions"), Sum("completablePlays"));
        metrics["averageBitrateKbps"] = Ratio(Sum("kbpsMediaUs"), Sum("mediaUs"));
        metrics["peakConcurrentPlays"] = Peak(plays, firstSecond, lastSecond);
        foreach (string name in new[] { "startup", "contentStartup" })
        {
            decimal[] values = [.. byName[name + "Us"].Select(entry => entry.Amount / 1000m).Order()];
            metrics[name + "Ms.p50"] = NearestRank(values, 0.50m);
            metrics[name + "Ms.p95"] = NearestRank(values, 0.95m);
        }

        return metrics;
    }

    private static bool IsCompleted(IGrouping<(string, string?), OraclePlay> pair)
    {
        decimal durationUs = pair.First().Title.DurationUs!.Value;
        return OracleContent.Distinct(pair.SelectMany(play => play.Content), durationUs) >= durationUs * 0.9m;
    }

    private static decimal? Ratio(decimal numerator, decimal denominator) => denominator == 0m ? null : numerator / denominator;

    private static decimal? NearestRank(decimal[] sorted, decimal share) =>
        sorted.Length == 0 ? null : sorted[(int)Math.Max(0m, Math.Ceiling(share * sorted.Length) - 1m)];

    // The maximum is reached in a second in which some play begins, or in the first one that is looked at.
    private static decimal Peak(List<OraclePlay> plays, long firstSecond, long lastSecond)
    {
        List<(long From, long To)> seconds = plays
            .Select(play => (Math.Max(play.FromUs / 1_000_000, firstSecond), Math.Min(play.ToUs / 1_000_000, lastSecond)))
            .Where(play => play.Item1 <= play.Item2).ToList();
        return seconds.Select(play => play.From).Distinct()
            .Select(second => seconds.Count(play => play.From <= second && second <= play.To))
            .DefaultIfEmpty().Max();
    }
}
