namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>The metrics of a closed set of canonical lines, computed simply: the second reading of the contract.</summary>
/// <remarks>Written from the schema alone, so that an engine that agrees with it was not merely compared with itself.</remarks>
internal static class OracleMeasure
{
    internal static OracleReport Run(IEnumerable<string> ndjsonLines)
    {
        var report = new OracleReport();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var accepted = new List<OracleRecord>();
        foreach (string line in ndjsonLines.Where(line => line.Length > 0))
        {
            report.Offered++;
            if (OracleRecord.Read(line, report.Offered, out string reason) is not { } record)
            {
                report.Rejected[reason] = report.Rejected.GetValueOrDefault(reason) + 1;
            }
            else if (seen.Add(record.Identity))
            {
                accepted.Add(record);
            }
            else
            {
                report.Duplicates++;
            }
        }

        report.Accepted = accepted.Count;
        report.FromUs = accepted.Count > 0 ? accepted.Min(record => record.TimeUs) : null;
        report.ToUs = accepted.Count > 0 ? accepted.Max(record => record.TimeUs) : null;
        report.OfTheWhole = OracleSociety.Metrics(accepted, report.ToUs ?? 0);
        List<OracleRecord> catalogue =
        [
            .. accepted.Where(record => record.Kind == "title").OrderBy(row => row.TimeUs)
                .ThenBy(row => row.Text("id") ?? "", StringComparer.Ordinal).ThenBy(row => row.Index),
        ];
        Play(accepted.Where(record => record.View is not null), report, catalogue);
        return report;
    }

    private static void Play(
        IEnumerable<OracleRecord> records, OracleReport report, IReadOnlyList<OracleRecord> catalogue)
    {
        var views = new Dictionary<string, OracleView>(StringComparer.Ordinal);
        IEnumerable<(OracleRecord Record, int Order)> ordered = records
            .GroupBy(record => record.View!, StringComparer.Ordinal)
            .SelectMany(view => InOrder(view).Select((record, order) => (record, order)))
            .OrderBy(entry => entry.record.AppliesAtUs)
            .ThenBy(entry => entry.record.View, StringComparer.Ordinal)
            .ThenBy(entry => entry.order);
        foreach ((OracleRecord record, _) in ordered)
        {
            if (!views.TryGetValue(record.View!, out OracleView? view))
            {
                views.Add(record.View!, view = new OracleView(record.View!, report.Entries, catalogue));
            }

            view.Apply(record);
            if (record.Kind == "playback_request" && !record.Is("preload") && !view.IsEnded && view.Device is not null)
            {
                foreach (OracleView other in views.Values.Where(other => IsSuperseded(other, view, record)))
                {
                    other.Supersede(record.AppliesAtUs);
                }
            }
        }

        foreach (OracleView view in views.Values)
        {
            view.Close();
        }

        report.Attempts.AddRange(views.Values.Select(view => view.Attempt).OfType<OracleAttempt>());
        report.Plays.AddRange(views.Values.Select(view => view.Play).OfType<OraclePlay>());
    }

    private static bool IsSuperseded(OracleView other, OracleView requesting, OracleRecord request) =>
        other != requesting && other.IsAttempt && !other.IsEnded
        && other.Device == requesting.Device && other.Source == requesting.Source
        && other.Title is { } title && title != request.Text("title");

    // A (source, view) with seq is a chain whose order holds; chains, and events without seq, meet by (time, id).
    private static List<OracleRecord> InOrder(IEnumerable<OracleRecord> view)
    {
        List<Queue<OracleRecord>> chains = view
            .GroupBy(record => record.Sequence is null ? "" : "seq:" + record.Source, StringComparer.Ordinal)
            .Select(chain => new Queue<OracleRecord>(chain
                .OrderBy(record => record.Sequence ?? 0m).ThenBy(record => record.TimeUs)
                .ThenBy(record => record.Text("id") ?? "", StringComparer.Ordinal).ThenBy(record => record.Index)))
            .ToList();
        var result = new List<OracleRecord>();
        long latestUs = long.MinValue;
        while (chains.Any(chain => chain.Count > 0))
        {
            OracleRecord next = chains.Where(chain => chain.Count > 0)
                .OrderBy(chain => chain.Peek().TimeUs).ThenBy(chain => chain.Peek().Text("id") ?? "", StringComparer.Ordinal)
                .ThenBy(chain => chain.Peek().Index)
                .First().Dequeue();
            latestUs = Math.Max(latestUs, next.TimeUs);
            next.AppliesAtUs = latestUs;
            result.Add(next);
        }

        return result;
    }
}
