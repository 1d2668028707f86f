using System.Globalization;
using System.Text.Json;

namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>Compares a report of the engine, in its public JSON form, with the oracle's.</summary>
internal static class OracleComparison
{
    private const decimal QuantileError = 0.01m;
    private const decimal PrintingError = 1e-9m;

    /// <summary>One line for each figure that differs; empty where the two agree.</summary>
    internal static List<string> Differences(OracleReport expected, string reportJson)
    {
        using JsonDocument document = JsonDocument.Parse(reportJson);
        JsonElement report = document.RootElement;
        var differences = new List<string>();
        JsonElement totals = report.GetProperty("totals");
        Compare(differences, "totals.offered", expected.Offered, totals.GetProperty("offered"));
        Compare(differences, "totals.accepted", expected.Accepted, totals.GetProperty("accepted"));
        Compare(differences, "totals.duplicates", expected.Duplicates, totals.GetProperty("duplicates"));
        Compare(differences, "totals.late", 0m, totals.GetProperty("late"));
        JsonElement rejected = totals.GetProperty("rejected");
        foreach (string reason in rejected.EnumerateObject().Select(member => member.Name)
            .Union(expected.Rejected.Keys, StringComparer.Ordinal))
        {
            decimal actual = rejected.TryGetProperty(reason, out JsonElement count) ? count.GetDecimal() : 0m;
            Compare(differences, "totals.rejected." + reason, expected.Rejected.GetValueOrDefault(reason), actual, 0m);
        }

        Compare(differences, "metrics", expected.Metrics(), report.GetProperty("metrics"), expected.AreCompletionsSure);
        var whole = new Dictionary<string, decimal?>(expected.OfTheWhole, StringComparer.Ordinal);
        if (expected.AreViewerCompletionsSure)
        {
            whole["viewerCompletionRate"] = expected.ViewerCompletionRate;
        }

        Compare(differences, "metrics", whole, report.GetProperty("metrics"), expected.AreCompletionsSure);
        return differences;
    }

    /// <summary>As <see cref="Differences"/>, for the groups of a report that was asked for a dimension.</summary>
    internal static List<string> GroupDifferences(OracleReport expected, string dimension, string reportJson)
    {
        using JsonDocument document = JsonDocument.Parse(reportJson);
        var differences = new List<string>();
        Dictionary<string, Dictionary<string, decimal?>> groups = expected.By(dimension);
        foreach (JsonElement group in document.RootElement.GetProperty("by").EnumerateArray())
        {
            string key = group.GetProperty("key").GetString() ?? "";
            bool isKnown = groups.Remove(key, out Dictionary<string, decimal?>? metrics);
            metrics = isKnown ? metrics! : OracleReport.OfNothing;
            Compare(differences, $"by[{key}]", metrics, group.GetProperty("metrics"), expected.AreCompletionsSure);
        }

        // A value that was in force for no time has nothing to say, listed or not.
        differences.AddRange(groups.Where(group => group.Value.Values.Any(value => value is not (null or 0m)))
            .Select(group => $"by[{group.Key}]: missing"));
        return differences;
    }

    /// <summary>As <see cref="Differences"/>, for the windows of a report that was asked for all of them.</summary>
    internal static List<string> WindowDifferences(OracleReport expected, long lengthUs, string reportJson)
    {
        using JsonDocument document = JsonDocument.Parse(reportJson);
        var differences = new List<string>();
        SortedDictionary<long, List<OracleEntry>> windows = expected.Windows(lengthUs);
        foreach (JsonElement window in document.RootElement.GetProperty("windows").EnumerateArray())
        {
            // A window may also be listed because a play was open in it.
            TimeSpan from = window.GetProperty("from").GetDateTime() - DateTime.UnixEpoch;
            long fromUs = from.Ticks / TimeSpan.TicksPerMicrosecond;
            List<OracleEntry> entries = windows.Remove(fromUs, out List<OracleEntry>? some) ? some : [];
            Dictionary<string, decimal?> metrics = expected.Metrics(entries, fromUs, fromUs + lengthUs);
            Compare(differences, $"windows[{from}]", metrics, window.GetProperty("metrics"), expected.AreCompletionsSure);
        }

        differences.AddRange(windows.Where(window => window.Value.Any(entry => entry.Amount != 0m))
            .Select(window => $"windows[{TimeSpan.FromMicroseconds(window.Key)}]: missing"));
        return differences;
    }

    private static void Compare(
        List<string> differences, string path, Dictionary<string, decimal?> expected, JsonElement actual, bool areCompletionsSure)
    {
        foreach ((string name, decimal? value) in expected.Where(metric => areCompletionsSure || metric.Key != "completionRate"))
        {
            JsonElement element = actual;
            foreach (string part in name.Split('.'))
            {
                element = element.GetProperty(part);
            }

            decimal? found = element.ValueKind == JsonValueKind.Null ? null : element.GetDecimal();
            Compare(differences, path + "." + name, value, found,
                name.Contains('.', StringComparison.Ordinal) ? QuantileError : PrintingError);
        }
    }

    private static void Compare(List<string> differences, string path, decimal expected, JsonElement actual) =>
        Compare(differences, path, expected, actual.GetDecimal(), 0m);

    private static void Compare(List<string> differences, string path, decimal? expected, decimal? actual, decimal relativeError)
    {
        bool equal = expected is { } e && actual is { } a
            ? Math.Abs(e - a) <= relativeError * Math.Max(1m, Math.Abs(e)) : expected is null && actual is null;
        if (!equal)
        {
            differences.Add(string.Create(CultureInfo.InvariantCulture, $"{path}: expected {Show(expected)}, found {Show(actual)}"));
        }
    }

    private static string Show(decimal? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "null";
}
