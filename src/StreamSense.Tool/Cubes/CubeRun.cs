using System.Text.Json;
using StreamSense.Core.Metrics;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Tool.Inputs;
using StreamSense.Tool.Measuring;

namespace StreamSense.Tool.Cubes;

/// <summary>One run of <c>cube</c>: reads every input as <c>measure</c> does, and groups the views.</summary>
internal static class CubeRun
{
    /// <summary>Reads and groups.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="standardInput">What <c>-</c> stands for.</param>
    /// <param name="progress">Is told how far it has come; null if nobody asks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">An input cannot be read, or what is asked cannot be answered.</exception>
    public static MeasureReport Run(
        CubeQuestion question, Stream standardInput, IMeasureProgress? progress, CancellationToken cancellationToken)
    {
        var shape = new CubeShape
        {
            Dimensions = CubeShape.DimensionsOf(question.By, question.Where),
            Level = question.Every ?? CubeLevel.Day,
            MaxValues = question.MaxValues,
        };
        FileCube cube = FileCube.Read(question.Input, shape, standardInput, progress, cancellationToken);
        IReadOnlyList<CubeRow> rows = cube.Snapshot.Query(new CubeQuery
        {
            Level = shape.Level,
            By = question.By,
            Where = question.Where,
            PerWindow = question.Every is not null,
            OrderBy = question.OrderBy,
            Top = question.Top ?? 0,
        });
        ReadOnlyMemory<byte> json = MeasureReport.Write(writer =>
        {
            writer.WriteStartObject();
            WriteQuestion(writer, cube, question.By, question.Where);
            writer.WriteString("every", question.Every is { } level ? WindowLength.Of(level).Name : null);
            writer.WritePropertyName("rows");
            CubeWriter.Write(writer, rows);
            writer.WriteEndObject();
        });
        return new MeasureReport(json, cube.Names, By: null, cube.Notes);
    }

    /// <summary>Writes what was read and asked, as the first members of the present object.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="cube">What was read.</param>
    /// <param name="by">By what it is grouped.</param>
    /// <param name="where">What views are taken.</param>
    public static void WriteQuestion(
        Utf8JsonWriter writer, FileCube cube, IReadOnlyList<CubeDimension> by, IReadOnlyList<CubeFilter> where)
    {
        MetricsReportWriter.WriteTotals(writer, cube.Totals);
        writer.WriteStartArray("by");
        foreach (CubeDimension dimension in by)
        {
            writer.WriteStringValue(CubeWriter.NameOf(dimension));
        }

        writer.WriteEndArray();
        writer.WriteStartArray("where");
        foreach (CubeFilter filter in where)
        {
            writer.WriteStartObject();
            writer.WriteString("dimension", CubeWriter.NameOf(filter.Dimension));
            writer.WriteString("value", filter.Name);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("otherAttempts", cube.OtherAttempts);
    }
}
