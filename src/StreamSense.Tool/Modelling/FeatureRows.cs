using System.Collections.Immutable;
using System.Globalization;
using StreamSense.Ml.Features;
using StreamSense.Ml.Models;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Modelling;

/// <summary>Labelled rows of features of an svmlight file, laid out, with their queries.</summary>
/// <param name="Labels">The label of each row.</param>
/// <param name="Values">The features, row after row; NaN = missing.</param>
/// <param name="Layout">What the columns are.</param>
/// <param name="FirstIndex">The index that the first column has in the file.</param>
/// <param name="GroupSizes">How many rows each query has; null if there are no queries.</param>
internal sealed record FeatureRows(
    float[] Labels, float[] Values, FeatureLayout Layout, int FirstIndex, ImmutableArray<int>? GroupSizes)
{
    /// <summary>How many rows there are.</summary>
    public int Count => Labels.Length;

    /// <summary>How many features a row has.</summary>
    public int Columns => Layout.Count;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="queryFile">The sizes of the queries; null for <c>qid</c>, or the file <c>PATH.query</c> if it is there.</param>
    /// <param name="absentIsMissing">Whether a feature that a row does not have is missing; else it is 0.</param>
    /// <param name="columns">What the columns are; null to see from the file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">A file cannot be used.</exception>
    public static FeatureRows Read(
        string path, string? queryFile, bool absentIsMissing, FeatureColumns columns, CancellationToken cancellationToken)
    {
        SvmlightRows rows;
        using (InputFile file = InputFile.Find(path))
        {
            rows = SvmlightReader.Read(file, cancellationToken);
        }

        if (rows.Count == 0 || rows.MaxIndex < 0)
        {
            throw new InputException($"{path} has no rows with features");
        }

        int first = columns.FirstIndex ?? (rows.Indices.Contains(0) ? 0 : 1);
        FeatureLayout layout = columns.Layout ?? Numbered(first, rows.MaxIndex);
        if (columns is { Layout: not null, FirstIndex: null } && rows.MaxIndex >= first + layout.Count)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture, $"{path} has features up to number {rows.MaxIndex}, and only {layout.Count} have names"));
        }

        float[] wide = rows.ToDense(first + layout.Count, absentIsMissing ? float.NaN : 0);
        return new FeatureRows(
            rows.Labels,
            first == 0 ? wide : WithoutFirst(wide, rows.Count, layout.Count, first),
            layout,
            first,
            QuerySizes.Of(rows, path, queryFile));
    }

    /// <summary>The rows of some of the queries, or some of the rows where there are none.</summary>
    /// <param name="takes">Which, by their number.</param>
    public FeatureRows Where(Func<int, bool> takes)
    {
        ImmutableArray<int> sizes = GroupSizes ?? [.. Enumerable.Repeat(1, Count)];
        var kept = new List<int>();
        var rows = new List<int>();
        int row = 0;
        for (int group = 0; group < sizes.Length; group++)
        {
            if (takes(group))
            {
                kept.Add(sizes[group]);
                rows.AddRange(Enumerable.Range(row, sizes[group]));
            }

            row += sizes[group];
        }

        var values = new float[(long)rows.Count * Columns];
        for (int i = 0; i < rows.Count; i++)
        {
            RowOf(rows[i]).CopyTo(values.AsSpan(i * Columns));
        }

        return this with
        {
            Labels = [.. rows.Select(i => Labels[i])],
            Values = values,
            GroupSizes = GroupSizes is null ? null : [.. kept],
        };
    }

    /// <summary>The features of a row.</summary>
    public ReadOnlySpan<float> RowOf(int row) => Values.AsSpan(row * Columns, Columns);

    /// <summary>The layout with the range of each feature, as a model file keeps it.</summary>
    public ModelLayout Described()
    {
        var least = new float[Columns];
        var most = new float[Columns];
        least.AsSpan().Fill(float.PositiveInfinity);
        most.AsSpan().Fill(float.NegativeInfinity);
        for (int i = 0; i < Values.Length; i++)
        {
            if (!float.IsNaN(Values[i]))
            {
                least[i % Columns] = Math.Min(least[i % Columns], Values[i]);
                most[i % Columns] = Math.Max(most[i % Columns], Values[i]);
            }
        }

        ModelLayout layout = ModelLayout.Of(Layout);
        return layout with
        {
            Features =
            [
                .. layout.Features.Select((feature, i) => float.IsFinite(least[i]) && float.IsFinite(most[i])
                    ? feature with { Least = least[i], Most = most[i] }
                    : feature),
            ],
        };
    }

    private static FeatureLayout Numbered(int first, int last) => new(
    [
        .. Enumerable.Range(first, Math.Max(1, last - first + 1)).Select(
            index => new FeatureDefinition(string.Create(CultureInfo.InvariantCulture, $"f{index}"), FeatureScope.Title)),
    ]);

    private static float[] WithoutFirst(float[] wide, int rows, int columns, int first)
    {
        var values = new float[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            wide.AsSpan((row * (first + columns)) + first, columns).CopyTo(values.AsSpan(row * columns));
        }

        return values;
    }
}
