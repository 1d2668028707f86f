using StreamSense.Core.Metrics;
using StreamSense.Core.Metrics.Comparison;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Tool.Inputs;
using StreamSense.Tool.Measuring;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.Cubes;

/// <summary>
/// One run of <c>compare</c>: reads every input as <c>measure</c> does, and compares two groups or spans of time, or two sets of inputs.
/// </summary>
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
        if (question.With.Count > 0)
        {
            return RunSets(question, standardInput, progress, cancellationToken);
        }

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
        CubeLevel level = spans is { } given ? LevelOf(given.Left, given.Right) : CubeLevel.Day;
        FileCube cube = FileCube.Read(question.Input, ShapeOf(question, by, level), standardInput, progress, cancellationToken);
        var query = new CubeQuery { Level = level, By = by, Where = question.Where };
        (CubeRow left, CubeRow right) = spans is { } both
            ? (RowOf(cube, query, both.Left), RowOf(cube, query, both.Right))
            : RowsOf(cube, query, question.Between);
        return new MeasureReport(Write(question, by, cube, with: null, question.Between, left, right), cube.Names, By: null, cube.Notes);
    }

    // Each is a closed set of its own: what one says of a view or a title is not known to the other.
    private static MeasureReport RunSets(
        CompareQuestion question, Stream standardInput, IMeasureProgress? progress, CancellationToken cancellationToken)
    {
        if (question.Input.Files.FirstOrDefault(file => question.With.Contains(file, StringComparer.Ordinal)) is { } twice)
        {
            throw new InputException($"'{Printable.Of(twice)}' is in both sets: its views would be compared with themselves");
        }

        CubeShape shape = ShapeOf(question, [], CubeLevel.Day);
        var query = new CubeQuery { Level = shape.Level, Where = question.Where };
        FileCube cube = FileCube.Read(question.Input, shape, standardInput, progress, cancellationToken);
        FileCube with = FileCube.Read(
            question.Input with { Files = question.With }, shape, standardInput, progress, cancellationToken);
        IReadOnlyList<string> between = [NameOf(cube), NameOf(with)];
        ReadOnlyMemory<byte> json = Write(
            question, [], cube, with, between, cube.Snapshot.Query(query)[0], with.Snapshot.Query(query)[0]);
        return new MeasureReport(json, cube.Names, By: null, [.. cube.Notes, .. with.Notes]) { With = with.Names };
    }

    private static string NameOf(FileCube cube) =>
        cube.Names is [var one] ? one : FormattableString.Invariant($"{cube.Names.Count} inputs");

    private static CubeShape ShapeOf(CompareQuestion question, IReadOnlyList<CubeDimension> by, CubeLevel level) => new()
    {
        Dimensions = CubeShape.DimensionsOf(by, question.Where),
        Level = level,
        MaxValues = question.MaxValues,
    };

    private static ReadOnlyMemory<byte> Write(
        CompareQuestion question,
        IReadOnlyList<CubeDimension> by,
        FileCube cube,
        FileCube? with,
        IReadOnlyList<string> between,
        CubeRow left,
        CubeRow right) => MeasureReport.Write(writer =>
    {
        writer.WriteStartObject();
        CubeRun.WriteQuestion(writer, cube, by, question.Where);
        if (with is not null)
        {
            writer.WriteStartObject("with");
            MetricsReportWriter.WriteTotals(writer, with.Totals);
            writer.WriteNumber("otherAttempts", with.OtherAttempts);
            writer.WriteEndObject();
        }

        writer.WriteStartArray("between");
        foreach (string name in between)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
        writer.WriteNumber("confidence", question.Confidence);
        writer.WritePropertyName("comparisons");
        ComparisonWriter.Write(writer, CubeComparison.Compare(left, right, question.Confidence));
        writer.WriteEndObject();
    });

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
