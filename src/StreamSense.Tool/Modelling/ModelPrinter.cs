using System.Globalization;
using Spectre.Console;
using StreamSense.Core.Events;
using StreamSense.Ml.Models;
using StreamSense.Ml.Models.Registry;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.Modelling;

/// <summary>Prints models of a registry: one JSON object, or tables and lines for people.</summary>
internal static class ModelPrinter
{
    private const int LongestName = 40;
    private const int LabelColumns = 12;
    private const int MostFeatures = 50;
    private const int MostMetrics = 2;

    // What is looked at first, of whatever kind a model is.
    private static readonly string[] _firstMetrics = ["ndcg@10", "auc", "rmse", "recall@10", "logLoss"];

    /// <summary>Prints a list.</summary>
    public static void List(IReadOnlyList<RegisteredModel> models, string folder, ToolStreams streams, bool json)
    {
        if (json)
        {
            streams.Output.WriteLine(ModelJson.Object(writer =>
            {
                writer.WriteString("registry", folder);
                writer.WriteStartArray("models");
                foreach (RegisteredModel model in models)
                {
                    writer.WriteStartObject();
                    ModelJson.Write(writer, model);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            }));
            return;
        }

        if (models.Count == 0)
        {
            streams.Output.WriteLine($"no models in {folder}");
            return;
        }

        Table table = new Table().SimpleBorder();
        foreach (string title in (ReadOnlySpan<string>)["model", "version", "kind", "trained", "rows", "metrics"])
        {
            table.AddColumn(new TableColumn(new Text(title)) { NoWrap = title is not "metrics" });
        }

        foreach (RegisteredModel model in models)
        {
            table.AddRow(
                new Text(Printable.Of(model.Name, LongestName)),
                new Text(model.Version + (model.IsPromoted ? " *" : "")),
                new Text(model.Card?.Kind ?? "?"),
                new Text(Day(model.Card?.TrainedAt)),
                new Text(Figures.Count(model.Card?.Data?.Rows)),
                new Text(model.Problem ?? Metrics(model.Card!)));
        }

        PageConsole.Create(streams).Write(table);
        streams.Output.WriteLine("* serves");
    }

    /// <summary>Prints everything that is known of a model.</summary>
    public static void Show(RegisteredModel model, PromotionState state, ToolStreams streams, bool json)
    {
        if (json)
        {
            streams.Output.WriteLine(ModelJson.Object(writer =>
            {
                ModelJson.Write(writer, model);
                if (model.Card?.Layout is { } layout)
                {
                    ModelJson.Write(writer, layout);
                }

                writer.WriteStartArray("history");
                foreach (Promotion promotion in state.History)
                {
                    writer.WriteStartObject();
                    writer.WriteString("version", promotion.Version);
                    writer.WriteString("at", promotion.At.ToString());
                    writer.WriteBoolean("rollback", promotion.IsRollback);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            }));
            return;
        }

        Line(streams, "model", $"{model}{(model.IsPromoted ? " (serves)" : "")}");
        Line(streams, "file", $"{model.Path} ({Figures.Count(model.Bytes)} bytes)");
        Line(streams, "problem", model.Problem ?? "");
        if (model.Card is { } card)
        {
            ShowCard(card, streams);
        }

        foreach (Promotion promotion in state.History)
        {
            Line(streams, promotion.IsRollback ? "rolled back" : "promoted", $"{promotion.Version} at {promotion.At}");
        }
    }

    /// <summary>Prints that another version serves now.</summary>
    public static void Changed(RegisteredModel model, string what, ToolStreams streams, bool json) => streams.Output.WriteLine(
        json ? ModelJson.Object(writer => ModelJson.Write(writer, model)) : $"{model.Name}: {what} {model.Version}, which serves now");

    /// <summary>Prints what was trained.</summary>
    public static void Trained(TrainReport report, ToolStreams streams, bool json)
    {
        if (json)
        {
            streams.Output.WriteLine(ModelJson.Object(writer =>
            {
                ModelJson.Write(writer, report.Model);
                writer.WriteNumber("seconds", Math.Round(report.Took.TotalSeconds, 3));
            }));
        }
        else
        {
            Line(streams, "model", $"{report.Model}{(report.Model.IsPromoted ? " (serves)" : "")}");
            Line(streams, "file", $"{report.Model.Path} ({Figures.Count(report.Model.Bytes)} bytes)");
            Line(streams, "trained", Figures.Seconds(report.Took.TotalSeconds));
            ShowCard(report.Card, streams);
        }

        foreach (string note in report.Notes)
        {
            streams.Error.WriteLine(note);
        }
    }

    private static void ShowCard(ModelCard card, ToolStreams streams)
    {
        Line(streams, "kind", card.Kind);
        Line(streams, "trained at", card.TrainedAt?.ToString() ?? "");
        Line(streams, "seed", card.Seed?.ToString(CultureInfo.InvariantCulture) ?? "");
        Line(streams, "options", Printable.Of(card.Options));
        if (card.Data is { } data)
        {
            Line(streams, "data", $"{Figures.Count(data.Rows)} rows{(data.From is null ? "" : $", {Day(data.From)} to {Day(data.To)}")}");
        }

        foreach ((string name, double value) in card.Metrics)
        {
            Line(streams, Printable.Of(name), value.ToString("0.0000", CultureInfo.InvariantCulture));
        }

        foreach ((string name, string value) in card.Tags)
        {
            Line(streams, Printable.Of(name), Printable.Of(value));
        }

        if (card.Layout is { } layout)
        {
            Line(streams, "features", $"{Figures.Count(layout.Features.Length)}, hash {layout.Hash:x16}");
            foreach (ModelFeature feature in layout.Features.Take(MostFeatures))
            {
                Line(streams, "", $"{Printable.Of(feature.Name)} ({feature.Scope}, revision {feature.Revision})");
            }

            if (layout.Features.Length > MostFeatures)
            {
                Line(streams, "", $"and {Figures.Count(layout.Features.Length - MostFeatures)} more; --json has them all");
            }
        }
    }

    private static string Metrics(ModelCard card) => string.Join(", ", card.Metrics
        .OrderBy(metric => (uint)Array.IndexOf(_firstMetrics, metric.Key))
        .Take(MostMetrics)
        .Select(metric => string.Create(CultureInfo.InvariantCulture, $"{Printable.Of(metric.Key)} {metric.Value:0.000}")));

    private static string Day(EventTime? time) =>
        time?.ToDateTimeOffset().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "–";

    private static void Line(ToolStreams streams, string name, string value)
    {
        if (value.Length > 0)
        {
            streams.Output.WriteLine($"{name.PadRight(LabelColumns)} {value}");
        }
    }
}
