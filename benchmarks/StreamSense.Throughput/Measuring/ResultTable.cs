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
            ? $"Median of {Launches(result)}{result.WantedRounds} quiet rounds; the last contender of a case is its baseline; a ratio above 1 is faster."
            : $"NOT EVALUATED: {result.QuietRounds} of {result.WantedRounds} rounds were quiet; the figures say little.");
        if (result.Rows.Any(row => row.Vectors is not null))
        {
            text.AppendLine("In brackets: the widest vectors that a process of its own was left with; its ratio is to the baseline there.");
        }

        string[] headings = [.. result.Rows[0].Figures.Select(figure => figure.Heading)];
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"| case | contender | {string.Join(" | ", headings)} | ratio |");
        text.AppendLine(CultureInfo.InvariantCulture, $"|---|---|{string.Concat(headings.Select(_ => "---:|"))}---:|");
        foreach (ResultRow row in result.Rows)
        {
            string figures = string.Join(" | ", row.Figures.Select(Format));
            string ratio = result.IsEvaluated ? row.Ratio.ToString("F2", CultureInfo.InvariantCulture) : "not evaluated";
            string contender = row.Vectors is null ? row.Contender : $"{row.Contender} ({row.Vectors})";
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Case} | {contender} | {figures} | {ratio} |");
        }

        return text.AppendLine().ToString();
    }

    private static string Launches(ScenarioResult result) =>
        result.Launches == 1 ? "" : $"{result.Launches.ToString(CultureInfo.InvariantCulture)} launches, each the median of ";

    private static string Format(Figure figure) =>
        figure.Value.ToString($"F{figure.Digits.ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture);
}
