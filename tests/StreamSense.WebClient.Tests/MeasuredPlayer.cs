using System.Globalization;
using StreamSense.Core.Metrics;

namespace StreamSense.WebClient.Tests;

/// <summary>One playback as its page measured it on the element, and as the server tells it from the collector's events.</summary>
/// <param name="Player">Which player it was.</param>
/// <param name="Seen">The page's own measurement.</param>
/// <param name="Live">The server's, corrected by when each batch came.</param>
/// <param name="Told">The server's, by the page's clock alone.</param>
/// <param name="SpreadMs">By how much deliveries differed in how long they took: live figures are that much less sure.</param>
/// <param name="StallsBefore">How many stalls the server told when the player had only been sought and paused.</param>
internal sealed record MeasuredPlayer(
    string Player, PageTruth Seen, QualityMetrics Live, QualityMetrics Told, double SpreadMs, long StallsBefore)
{
    private const double StallToleranceMs = 300;
    private const double StartupToleranceMs = 200;
    private const double WatchTolerance = 0.02;

    public static string Header =>
        $"{"player",-8}{"startup ms",18}{"stalls",10}{"stall ms",18}{"watch ms",18}{"seeks",7}{"seek ms",9}{"paused ms",11}";

    private double StallMs => Seen.StallsMs.Sum();

    /// <summary>What is further apart than it may be; empty where nothing is.</summary>
    public IEnumerable<string> Differences()
    {
        foreach ((string where, QualityMetrics told, double spread) in new[] { ("live", Live, SpreadMs), ("told", Told, 0d) })
        {
            if ((told.Attempts, told.Plays, told.Stalls) != (1, 1, Seen.StallsMs.Count))
            {
                yield return $"{Player} {where}: {told.Plays} plays and {told.Stalls} stalls";
            }

            double startupMs = told.Startup.P50?.TotalMilliseconds ?? double.NaN;
            foreach ((string what, double seen, double found, double tolerance) in new[]
            {
                ("startup", Seen.StartupMs, startupMs, StartupToleranceMs),
                ("stall", StallMs, told.Stall.TotalMilliseconds, StallToleranceMs * Math.Max(1, Seen.StallsMs.Count)),
                ("watch", Seen.WatchMs, told.Watch.TotalMilliseconds, WatchTolerance * Seen.WatchMs),
            })
            {
                if (!(Math.Abs(seen - found) <= tolerance + spread))
                {
                    yield return string.Create(CultureInfo.InvariantCulture,
                        $"{Player} {where} {what}: the page saw {seen:F0} ms, the server tells {found:F0} ms");
                }
            }
        }

        if (StallsBefore != 0)
        {
            yield return $"{Player}: {StallsBefore} seeks were told as stalls";
        }
    }

    /// <summary>The page's figure and the server's, side by side.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Player,-8}{Pair(Seen.StartupMs, Told.Startup.P50?.TotalMilliseconds ?? double.NaN),18}"
        + $"{$"{Seen.StallsMs.Count} / {Told.Stalls}",10}{Pair(StallMs, Told.Stall.TotalMilliseconds),18}"
        + $"{Pair(Seen.WatchMs, Told.Watch.TotalMilliseconds),18}{Seen.Seeks,7}{Seen.SeekMs,9:F0}{Seen.PausedMs,11:F0}");

    private static string Pair(double seen, double told) => string.Create(CultureInfo.InvariantCulture, $"{seen:F0} / {told:F0}");
}
