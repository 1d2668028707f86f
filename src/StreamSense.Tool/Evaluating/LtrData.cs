using System.Collections.Immutable;
using System.Globalization;
using System.Text;
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

        string side = path + ".query";
        ImmutableArray<int> sizes = File.Exists(side) ? Sizes(side, cancellationToken) : Runs(rows, path, side);
        long grouped = sizes.Sum(size => (long)size);
        return grouped == rows.Count
            ? new LtrData(rows, sizes)
            : throw new InputException($"the queries of {side} have {grouped} rows, and {path} has {rows.Count}");
    }

    /// <summary>The rows as columns.</summary>
    /// <param name="features">How many columns there are.</param>
    public BoostingData ToBoostingData(int features)
    {
        ImmutableArray<string> names = [.. Enumerable.Range(0, features).Select(feature => feature.ToString(CultureInfo.InvariantCulture))];
        return BoostingData.FromRows(names, Rows.ToDense(features, Absent), Rows.Labels, GroupSizes);
    }

    private static ImmutableArray<int> Sizes(string side, CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream();
        InputFile.Find(side).ReadToEnd(chunk => bytes.Write(chunk), cancellationToken);
        string[] lines = Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length).Split('\n', StringSplitOptions.TrimEntries);
        var sizes = ImmutableArray.CreateBuilder<int>(lines.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
            {
                continue;
            }

            if (!int.TryParse(lines[i], NumberStyles.None, CultureInfo.InvariantCulture, out int size))
            {
                throw new InputException($"{side}, line {i + 1}: '{lines[i]}' is no number of rows");
            }

            sizes.Add(size);
        }

        return sizes.ToImmutable();
    }

    // A query is a run of rows of one qid.
    private static ImmutableArray<int> Runs(SvmlightRows rows, string path, string side)
    {
        if (rows.Queries is not { } queries)
        {
            throw new InputException($"{path} names no queries: there is no {side}, and its rows have no qid");
        }

        var sizes = ImmutableArray.CreateBuilder<int>();
        for (int start = 0; start < queries.Length;)
        {
            int end = start + 1;
            while (end < queries.Length && queries[end] == queries[start])
            {
                end++;
            }

            sizes.Add(end - start);
            start = end;
        }

        return sizes.ToImmutable();
    }
}
