using System.Globalization;

namespace StreamSense.Core.Tests.Sources;

/// <summary>The evening as CloudFront's real-time log has it: requests, with what CMCD says of each.</summary>
internal static class CloudFrontForm
{
    public const string Header =
        "timestamp\tc-ip\tsc-status\tsc-bytes\tcs-method\tcs-uri-stem\tx-edge-request-id\ttime-taken\tcs-user-agent\tx-edge-result-type\t"
        + "cmcd-encoded-bitrate\tcmcd-buffer-starvation\tcmcd-content-id\tcmcd-object-duration\tcmcd-object-type\tcmcd-session-id\t"
        + "cmcd-startup\n";

    /// <summary>What is logged of a fact; null if nothing is.</summary>
    public static string? Request(EveningView view, Fact fact, int number)
    {
        string? media = fact.Kind switch
        {
            FactKind.Request => $"-\t-\t{view.Title}\t-\tm\t{view.Id}\t-",
            FactKind.Segment =>
                $"{fact.Kbps}\t{Truth(fact.IsStarved)}\t{view.Title}\t{Fact.SegmentMs}\tv\t{view.Id}\t{Truth(fact.IsFirst)}",
            _ => null,
        };
        if (media is null)
        {
            return null;
        }

        string time = ((Evening.Begins + fact.At) / 1000m).ToString("0.000", CultureInfo.InvariantCulture);
        long bytes = fact.Kind == FactKind.Segment ? fact.Bytes : 2000;
        string path = fact.Kind == FactKind.Segment ? "/seg.m4s" : "/film.mpd";
        return $"{time}\t192.0.2.{view.Number}\t200\t{bytes}\tGET\t{path}\t{view.Id}-{number}\t0.050\t{Browser}\tHit\t{media}\n";
    }

    private const string Browser = "Mozilla/5.0%20(X11;%20Linux%20x86_64)%20Firefox/140.0";

    private static string Truth(bool value) => value ? "true" : "-";
}
