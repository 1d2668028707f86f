using System.Collections.Immutable;
using System.Globalization;
using StreamSense.Ml.Training.Boosting;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Evaluating;

/// <summary>Graded rows in groups, one group a query.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="GroupSizes">How many rows each query has, in the order in which they stand.</param>
internal sealed record LtrData(SvmlightRows Rows, ImmutableArray<int> GroupSizes)
{
    /// <summary>What a feature is that a row does not name: missing.</summary>
    public const float Absent = float.NaN;

    /// <summary>Reads an svmlight file and its queries: <c>FILE.query</c> with a group size a line, else the <c>qid</c> of rows.</summary>
    /// <param name="path">The svmlight file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InputException">A file cannot be read, or the queries do not fit the rows.</exception>
    public static LtrData Read(string path, CancellationToken cancellationToken)
    {
        SvmlightRows rows = SvmlightReader.Read(InputFile.Find(path), cancellationToken);
        if (rows.Count == 0)
        {
            throw new InputException($"{path} has no rows");
        }

        foreach (float label in rows.Labels)
        {
            if (!(float.IsInteger(label) && label is >= 0 and <= 30))
            {
                throw new InputException(
                    string.Create(CultureInfo.InvariantCulture, $"{path}: the label {label} is no whole grade from 0 to 30"));
            }
        }

        return QuerySizes.Of(rows, path, queryFile: null) is { } sizes
            ? new LtrData(rows, sizes)
            : throw new InputException($"{path} names no queries: there is no {path}.query, and its rows have no qid");
    }

    /// <summary>The rows as columns.</summary>
    /// <param name="features">How many columns there are.</param>
    public BoostingData ToBoostingData(int features)
    {
        ImmutableArray<string> names = [.. Enumerable.Range(0, features).Select(feature => feature.ToString(CultureInfo.InvariantCulture))];
        return BoostingData.FromRows(names, Rows.ToDense(features, Absent), Rows.Labels, GroupSizes);
    }
}
