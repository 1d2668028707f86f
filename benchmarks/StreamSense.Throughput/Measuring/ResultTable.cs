using System.Globalization;
using System.Text;

namespace StreamSense.Throughput.Measuring;

/// <summary>Results as a Markdown table.</summary>
public static class ResultTable
{
    /// <summary>Formats a result.</summary>
    public static string Format(ScenarioResult result)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"## {result.Scenario}: {result.Summary}").AppendLine();
        text.AppendLine(result.IsEvaluated
            ? $"Median of {result.WantedRounds} quiet rounds; the last contender of a case is its baseline."
            : $"NOT EVALUATED: {result.QuietRounds} of {result.WantedRounds} rounds were quiet; the figures say little.");
        text.AppendLine();
        text.AppendLine("| case | contender | M events/s | lowest | highest | B/event | ratio |");
        text.AppendLine("|---|---|---:|---:|---:|---:|---:|");
        foreach (ContenderResult row in result.Rows)
        {
            string ratio = result.IsEvaluated ? row.Ratio.ToString("F2", CultureInfo.InvariantCulture) : "not evaluated";
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {row.Case} | {row.Contender} | {row.MillionPerSecond:F1} "
                + $"| {row.Lowest:F1} | {row.Highest:F1} | {row.BytesPerEvent:F2} | {ratio} |");
        }

        return text.AppendLine().ToString();
    }
}
