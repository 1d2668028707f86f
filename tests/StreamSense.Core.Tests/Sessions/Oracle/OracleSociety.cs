namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>What belongs to no view: trials and mentions.</summary>
internal static class OracleSociety
{
    /// <summary>The metrics of all accepted records, by their public names.</summary>
    /// <param name="accepted">The records.</param>
    /// <param name="nowUs">The time of the last of them.</param>
    internal static Dictionary<string, decimal?> Metrics(IReadOnlyCollection<OracleRecord> accepted, long nowUs)
    {
        List<OracleRecord> ordered =
        [
            .. accepted.OrderBy(record => record.TimeUs).ThenBy(record => record.Text("id") ?? "", StringComparer.Ordinal)
                .ThenBy(record => record.Index),
        ];
        var metrics = new Dictionary<string, decimal?>(StringComparer.Ordinal);
        AddTrials(metrics, ordered, nowUs);
        AddMentions(metrics, ordered);
        return metrics;
    }

    private static void AddTrials(Dictionary<string, decimal?> metrics, List<OracleRecord> ordered, long nowUs)
    {
        int converted = 0, ended = 0, open = 0;
        foreach (IGrouping<(string?, string?), OracleRecord> trial in ordered
            .Where(record => record.Kind is "trial_started" or "trial_converted" or "subscription_expired")
            .GroupBy(record => (record.Text("viewer") ?? record.Text("household"), record.Text("plan")))
            .Where(trial => trial.Any(record => record.Kind.StartsWith("trial_", StringComparison.Ordinal))))
        {
            long? periodEndUs = trial.Select(record => record.PeriodEndUs).LastOrDefault(end => end is not null);
            if (trial.Any(record => record.Kind == "trial_converted"))
            {
                converted++;
            }
            else if (trial.Any(record => record.Kind == "subscription_expired") || periodEndUs < nowUs)
            {
                ended++;
            }
            else
            {
                open++;
            }
        }

        metrics["trialConversionRate"] = converted + ended == 0 ? null : (decimal)converted / (converted + ended);
        metrics["openTrials"] = open;
    }

    private static void AddMentions(Dictionary<string, decimal?> metrics, List<OracleRecord> ordered)
    {
        List<OracleRecord> latest =
        [
            .. ordered.Where(record => record.Kind == "social_mention")
                .GroupBy(record => (record.Text("network"), record.Text("post"), record.Text("title"))).Select(mention => mention.Last()),
        ];
        decimal[] polarities = [.. latest.Select(mention => mention.Number("polarity")).OfType<decimal>()];
        metrics["mentions"] = latest.Count;
        metrics["sentimentScore"] = polarities.Length == 0 ? null : polarities.Average();
    }
}
