using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;
using StreamSense.Ml.Evaluation;
using StreamSense.Ml.Evaluation.Metrics;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.Evaluating;

/// <summary>Prints what <c>evaluate</c> found: one JSON object, or a table.</summary>
internal static class EvaluatePrinter
{
    private const double BytesPerMegabyte = 1 << 20;

    /// <summary>Prints it to standard output.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="streams">Where to print it.</param>
    /// <param name="json">Whether to print the object.</param>
    public static void Print(EvaluateReport report, ToolStreams streams, bool json)
    {
        if (json)
        {
            streams.Output.WriteLine(Json(report));
        }
        else
        {
            PrintTable(report, streams);
        }

        foreach (RatingFile file in (ReadOnlySpan<RatingFile>)[report.Data.TrainFile, report.Data.TestFile])
        {
            if (file.Rejected.Count > 0)
            {
                string reasons = string.Join(", ", file.Rejected.Select(pair => $"{pair.Key} {Figures.Count(pair.Value)}"));
                streams.Error.WriteLine($"{file.Name}: left out {reasons}");
            }

            foreach (string note in file.Notes)
            {
                streams.Error.WriteLine("  " + Printable.Of(note));
            }
        }
    }

    /// <summary>The metrics of a report by their names, in the order in which they are printed.</summary>
    private static IEnumerable<(string Name, double Value, MetricEstimate? Interval)> Metrics(RankingReport report)
    {
        foreach (CutoffReport at in report.Cutoffs)
        {
            string k = at.K.ToString(CultureInfo.InvariantCulture);
            yield return ("ndcg@" + k, at.Ndcg.Value, at.Ndcg);
            yield return ("recall@" + k, at.Recall.Value, at.Recall);
            yield return ("recallCapped@" + k, at.CappedRecall.Value, at.CappedRecall);
            yield return ("precision@" + k, at.Precision.Value, at.Precision);
            yield return ("map@" + k, at.Map.Value, at.Map);
            yield return ("hr@" + k, at.HitRate.Value, at.HitRate);
            yield return ("coverage@" + k, at.Coverage, null);
            yield return ("novelty@" + k, at.Novelty.Value, at.Novelty);
        }

        yield return ("mrr", report.Mrr.Value, report.Mrr);
    }

    private static string Json(EvaluateReport report)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("model", report.Ranking.Model);
            writer.WriteNumber("users", report.Ranking.Users);
            writer.WriteNumber("items", report.Ranking.Items);
            writer.WriteNumber("trainInteractions", report.Data.Train.Count);
            writer.WriteNumber("testInteractions", report.Data.Test.Count);
            writer.WriteNumber("overlap", report.Ranking.Overlap);
            WriteSeconds(writer, "seconds", report.Reading + report.Training + report.Judging);
            WriteSeconds(writer, "readSeconds", report.Reading);
            WriteSeconds(writer, "trainSeconds", report.Training);
            WriteSeconds(writer, "rankSeconds", report.Judging);
            writer.WriteNumber("peakMemoryMb", Math.Round(report.PeakMemoryBytes / BytesPerMegabyte, 1));
            WriteMetrics(writer, "metrics", report.Ranking, report.Errors);
            writer.WriteStartObject("intervals");
            foreach ((string name, _, MetricEstimate? interval) in Metrics(report.Ranking))
            {
                if (interval is { } of)
                {
                    writer.WriteStartArray(name);
                    writer.WriteNumberValue(of.Low);
                    writer.WriteNumberValue(of.High);
                    writer.WriteEndArray();
                }
            }

            writer.WriteEndObject();
            writer.WriteStartObject("baselines");
            foreach (RankingReport baseline in report.Baselines)
            {
                WriteMetrics(writer, baseline.Model, baseline, errors: null);
            }

            writer.WriteEndObject();
            WriteRejected(writer, report);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteSeconds(Utf8JsonWriter writer, string name, TimeSpan duration) =>
        writer.WriteNumber(name, Math.Round(duration.TotalSeconds, 3));

    private static void WriteMetrics(Utf8JsonWriter writer, string name, RankingReport report, RatingErrors? errors)
    {
        writer.WriteStartObject(name);
        foreach ((string metric, double value, _) in Metrics(report))
        {
            writer.WriteNumber(metric, value);
        }

        if (errors is { } of)
        {
            writer.WriteNumber("rmse", of.RootMeanSquare);
            writer.WriteNumber("mae", of.MeanAbsolute);
        }

        writer.WriteEndObject();
    }

    private static void WriteRejected(Utf8JsonWriter writer, EvaluateReport report)
    {
        writer.WriteStartObject("rejected");
        foreach ((string name, RatingFile file) in
            (ReadOnlySpan<(string, RatingFile)>)[("train", report.Data.TrainFile), ("test", report.Data.TestFile)])
        {
            writer.WriteStartObject(name);
            foreach ((string reason, long count) in file.Rejected)
            {
                writer.WriteNumber(reason, count);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static string Digits(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static void PrintTable(EvaluateReport report, ToolStreams streams)
    {
        IAnsiConsole console = PageConsole.Create(streams);
        CultureInfo culture = CultureInfo.InvariantCulture;
        console.WriteLine(string.Create(
            culture,
            $"{report.Ranking.Model}: {report.Ranking.Users:N0} users, {report.Ranking.Items:N0} items, "
            + $"{report.Data.Train.Count:N0} to learn from, {report.Data.Test.Count:N0} to find"));
        console.WriteLine(string.Create(
            culture,
            $"read {Figures.Seconds(report.Reading.TotalSeconds)}, trained {Figures.Seconds(report.Training.TotalSeconds)}, ranked "
            + $"{Figures.Seconds(report.Judging.TotalSeconds)}, at most {report.PeakMemoryBytes / BytesPerMegabyte:N0} MB"));
        Table table = new Table().SimpleBorder();
        table.AddColumn("metric");
        table.AddColumn(new TableColumn(new Text(report.Ranking.Model)) { Alignment = Justify.Right });
        table.AddColumn(new TableColumn("95 % of samples") { Alignment = Justify.Right });
        foreach (RankingReport baseline in report.Baselines)
        {
            table.AddColumn(new TableColumn(new Text(baseline.Model)) { Alignment = Justify.Right });
        }

        Dictionary<string, double>[] others =
            [.. report.Baselines.Select(baseline => Metrics(baseline).ToDictionary(of => of.Name, of => of.Value, StringComparer.Ordinal))];
        foreach ((string name, double value, MetricEstimate? interval) in Metrics(report.Ranking))
        {
            string range = interval is { } of ? string.Create(culture, $"{of.Low:0.0000} - {of.High:0.0000}") : "";
            table.AddRow([name, Digits(value), range, .. others.Select(other => Digits(other[name]))]);
        }

        if (report.Errors is { } errors)
        {
            table.AddRow("rmse", Digits(errors.RootMeanSquare));
            table.AddRow("mae", Digits(errors.MeanAbsolute));
        }

        console.Write(table);
    }
}
