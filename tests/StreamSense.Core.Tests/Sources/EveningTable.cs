using System.Globalization;
using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Tests.Sources;

/// <summary>What each source says of the evening: a row a metric, a column a source.</summary>
internal sealed class EveningTable
{
    public const string NotCarried = "–";

    /// <summary>The limits, by their marks.</summary>
    public static readonly IReadOnlyDictionary<string, string> Limits = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["a"] = "Nobody says that the viewer left: a view that was left ends at its last event, here up to ten seconds earlier.",
        ["b"] = "A log of requests knows no player: delivered seconds bound the play time from above, and starvation is a flag.",
        ["c"] = "The source does not report requests.",
    };

    private static readonly string[] _columns = ["canonical", "Mux", "Snowplow", "CMCD v2", "CloudFront"];

    private static readonly (string Name, Func<EveningReading, string> Of)[] _player =
    [
        ("views", reading => Text(reading.Events.Select(e => e.View).Distinct().Count())),
        ("titles", reading => Text(reading.Events.Select(e => e.Title).Distinct().Count())),
        ("`attempts`", reading => Text(reading.Metrics.Totals.Attempts)),
        ("`plays`", reading => Text(reading.Metrics.Totals.Plays)),
        ("`exitsBeforeStart`", reading => Text(reading.Metrics.Totals.ExitsBeforeStart)),
        ("`playbackFailures`", reading => Text(reading.Metrics.Totals.PlaybackFailures)),
        ("`startupMs` p50", reading => Text(reading.Metrics.Totals.Startup.P50?.TotalMilliseconds)),
        ("`stalls`", reading => Text(reading.Metrics.Totals.Stalls)),
        ("`stallSeconds`", reading => Text(reading.Metrics.Totals.Stall.TotalSeconds)),
        ("`stalledViewsShare`", reading => Text(reading.Metrics.Totals.StalledViewsShare)),
        ("`bitrateSwitches`", reading => Text(reading.Metrics.Totals.BitrateSwitches)),
        ("`averageBitrateKbps`", reading => Text(reading.Metrics.Totals.AverageBitrateKbps)),
        ("`playSeconds`", reading => Text(reading.Metrics.Totals.Play.TotalSeconds)),
        ("`watchSeconds`", reading => Text(reading.Metrics.Totals.Watch.TotalSeconds)),
        ("`peakConcurrentPlays`", reading => Text(reading.Metrics.Totals.PeakConcurrentPlays)),
    ];

    private static readonly (string Name, Func<EveningReading, string> Of)[] _requests =
    [
        ("requests", reading => Text(Requests(reading).Count())),
        ("bytes", reading => Text(Requests(reading).Sum(request => request.Bytes))),
        ("delivered seconds", reading => Text(Requests(reading).Sum(request => Math.Max(0, request.DurationMilliseconds)) / 1000.0)),
        ("requests in startup", reading => Text(Requests(reading).Count(request => (request.CacheAndMarks & 16) != 0))),
        ("requests of a starved player", reading => Text(Requests(reading).Count(request => (request.CacheAndMarks & 32) != 0))),
    ];

    private readonly List<string[]> _rows = [];

    /// <summary>Makes the table.</summary>
    /// <param name="players">What players say: canonical, Mux, Snowplow, CMCD.</param>
    /// <param name="canonicalRequests">What a CDN would say in canonical events.</param>
    /// <param name="cloudFront">What CloudFront says.</param>
    public EveningTable(EveningReading[] players, EveningReading canonicalRequests, EveningReading cloudFront)
    {
        foreach ((string name, Func<EveningReading, string> of) in _player)
        {
            bool isOfRequests = name is "views" or "titles";
            _rows.Add([name, .. players.Select(of), isOfRequests ? of(cloudFront) : NotCarried]);
        }

        foreach ((string name, Func<EveningReading, string> of) in _requests)
        {
            _rows.Add([name, of(canonicalRequests), NotCarried, NotCarried, NotCarried, of(cloudFront)]);
        }
    }

    /// <summary>The cells, each with its limit; none where it says what the canonical column says.</summary>
    public IEnumerable<(string Row, string Column, string Limit)> Differences() =>
        from row in _rows
        from column in Enumerable.Range(2, _columns.Length - 1)
        where row[column] != row[1]
        select (row[0], _columns[column - 1], LimitOf(row[column], column));

    public string Markdown()
    {
        var text = new StringBuilder("| | ").AppendJoin(" | ", _columns).Append(" |\n|---|");
        text.Append(string.Concat(Enumerable.Repeat("---:|", _columns.Length))).Append('\n');
        foreach (string[] row in _rows)
        {
            text.Append("| ").Append(row[0]).Append(" | ").Append(row[1]);
            for (int column = 2; column < row.Length; column++)
            {
                string mark = row[column] == row[1] ? "" : $" ({LimitOf(row[column], column)})";
                text.Append(" | ").Append(row[column]).Append(mark);
            }

            text.Append(" |\n");
        }

        text.Append('\n');
        foreach ((string mark, string limit) in Limits)
        {
            text.Append("- (").Append(mark).Append(") ").Append(limit).Append('\n');
        }

        return text.ToString();
    }

    private static string LimitOf(string cell, int column) => cell != NotCarried ? "a" : column == _columns.Length ? "b" : "c";

    private static IEnumerable<MediaRequestPayload> Requests(EveningReading reading) =>
        reading.Events.Where(e => e.Kind == EventKind.MediaRequest).Select(e => e.ReadPayload<MediaRequestPayload>());

    private static string Text(double? number) => number?.ToString("0.###", CultureInfo.InvariantCulture) ?? "null";
}
