using StreamSense.Core.Metrics.Comparison;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Tool.Inputs;
using StreamSense.Tool.Measuring;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.Cubes;

/// <summary>One run of <c>compare</c>: reads every input as <c>measure</c> does, and compares two groups or spans of time.</summary>
internal static class CompareRun
{
    private const int MostNamed = 10;

    /// <summary>Reads and compares.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="standardInput">What <c>-</c> stands for.</param>
    /// <param name="progress">Is told how far it has come; null if nobody asks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">An input cannot be read, or there are no such two to compare.</exception>
    public static MeasureReport Run(
        CompareQuestion question, Stream standardInput, IMeasureProgress? progress, CancellationToken cancellationToken)
    {
        if (question.By is CubeDimension.Genre)
        {
            throw new InputException("a view counts once in each of its genres, so that two of them are no samples of their own: "
                + "compare by another dimension, within one with --where genre=NAME");
        }

        if (question.Between is [var first, var second] && string.Equals(first, second, StringComparison.Ordinal))
        {
            throw new InputException($"--between has '{first}' twice");
        }

        IReadOnlyList<CubeDimension> by = question.By is { } dimension ? [dimension] : [];
        (TimeRange Left, TimeRange Right)? spans = question.By is null ? SpansOf(question.Between) : null;
        var shape = new CubeShape
        {
            Dimensions = CubeShape.DimensionsOf(by, question.Where),
            Level = spans is { } given ? LevelOf(given.Left, given.Right) : CubeLevel.Day,
            MaxValues = question.MaxValues,
        };
        FileCube cube = FileCube.Read(question.Input, shape, standardInput, progress, cancellationToken);
        var query = new CubeQuery { Level = shape.Level, By = by, Where = question.Where };
        (CubeRow left, CubeRow right) = spans is { } both
            ? (RowOf(cube, query, both.Left), RowOf(cube, query, both.Right))
            : RowsOf(cube, query, question.Between);
        ReadOnlyMemory<byte> json = MeasureReport.Write(writer =>
        {
            writer.WriteStartObject();
            CubeRun.WriteQuestion(writer, cube, by, question.Where);
            writer.WriteStartArray("between");
            question.Between.ToList().ForEach(writer.WriteStringValue);
            writer.WriteEndArray();
            writer.WriteNumber("confidence", question.Confidence);
            writer.WritePropertyName("comparisons");
            ComparisonWriter.Write(writer, CubeComparison.Compare(left, right, question.Confidence));
            writer.WriteEndObject();
        });
        return new MeasureReport(json, cube.Names, By: null, cube.Notes);
    }

    private static (TimeRange Left, TimeRange Right) SpansOf(IReadOnlyList<string> between)
    {
        var left = TimeRange.Parse(between[0]);
        var right = TimeRange.Parse(between[1]);
        return left.Overlaps(right)
            ? throw new InputException($"'{between[0]}' and '{between[1]}' overlap: views in both would be compared with themselves")
            : (left, right);
    }

    private static CubeLevel LevelOf(TimeRange left, TimeRange right) =>
        WindowLength.Of([left.From, left.To, right.From, right.To])?.Level
            ?? throw new InputException("the spans of --between begin and end on whole ten seconds");

    private static CubeRow RowOf(FileCube cube, CubeQuery query, TimeRange span) =>
        cube.Snapshot.Query(query with { From = span.From, To = span.To })[0];

    private static (CubeRow Left, CubeRow Right) RowsOf(FileCube cube, CubeQuery query, IReadOnlyList<string> between)
    {
        IReadOnlyList<CubeRow> rows = cube.Snapshot.Query(query);
        return (Named(between[0]), Named(between[1]));

        CubeRow Named(string name) =>
            rows.FirstOrDefault(row => !row.Values[0].IsOther && string.Equals(row.Values[0].Name ?? "", name, StringComparison.Ordinal))
            ?? throw new InputException($"no view has {CubeWriter.NameOf(query.By[0])} '{name}'; {Known(rows)}");
    }

    private static string Known(IReadOnlyList<CubeRow> rows)
    {
        if (rows.Count == 0)
        {
            return "there are no such views at all";
        }

        string names = string.Join(", ", rows.Take(MostNamed).Select(row => $"'{Printable.Of(row.Values[0].Name ?? "")}'"));
        return "there are " + names + (rows.Count > MostNamed ? FormattableString.Invariant($" and {rows.Count - MostNamed:N0} more") : "");
    }
}
