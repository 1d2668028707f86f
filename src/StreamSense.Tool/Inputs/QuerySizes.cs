using System.Collections.Immutable;
using System.Globalization;

namespace StreamSense.Tool.Inputs;

/// <summary>How many rows each query of an svmlight file has.</summary>
internal static class QuerySizes
{
    private const string Beside = ".query";

    /// <summary>Finds them: in the file that is named, in the file <c>PATH.query</c>, or in the rows' <c>qid</c>.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="path">Their file.</param>
    /// <param name="queryFile">The file of the sizes; null if none is named.</param>
    /// <returns>The sizes; null if nothing tells them.</returns>
    /// <exception cref="InputException">They do not fit.</exception>
    public static ImmutableArray<int>? Of(SvmlightRows rows, string path, string? queryFile)
    {
        if (queryFile is not null)
        {
            return Read(queryFile, rows.Count);
        }

        if (File.Exists(path + Beside))
        {
            return Read(path + Beside, rows.Count);
        }

        return rows.Queries is { } queries ? Runs(queries, path) : null;
    }

    private static ImmutableArray<int> Runs(long[] queries, string path)
    {
        ImmutableArray<int>.Builder sizes = ImmutableArray.CreateBuilder<int>();
        var seen = new HashSet<long>();
        for (int start = 0; start < queries.Length;)
        {
            int end = start;
            while (end < queries.Length && queries[end] == queries[start])
            {
                end++;
            }

            if (!seen.Add(queries[start]))
            {
                throw new InputException($"{path}: the rows of query {queries[start]} do not stand together");
            }

            sizes.Add(end - start);
            start = end;
        }

        return sizes.ToImmutable();
    }

    private static ImmutableArray<int> Read(string path, int rows)
    {
        try
        {
            ImmutableArray<int> sizes =
            [
                .. File.ReadLines(path).Where(line => !string.IsNullOrWhiteSpace(line))
                    .Select(line => int.Parse(line.Trim(), NumberStyles.None, CultureInfo.InvariantCulture)),
            ];
            long sum = sizes.Sum(size => (long)size);
            return sum == rows
                ? sizes
                : throw new InputException($"{path}: the queries have {sum} rows, the data {rows}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            throw new InputException($"cannot use {path}: {exception.Message}", exception);
        }
    }
}
