using System.Globalization;
using System.Text;
using StreamSense.Ml.Ranking.Trees;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Scoring;

/// <summary>Reads a table of features: cells between commas, semicolons or tabs, perhaps under a header.</summary>
/// <remarks>
/// With a header columns go by name, and those that the model does not have are left out; a model whose features have no names of their
/// own (f0, Column_0) takes the columns in their order, without one called label, target, class or y. Without a header there are as many
/// columns as features, or one more in front: the label.
/// </remarks>
internal static class FeatureTable
{
    private static readonly string[] _labels = ["label", "target", "class", "y"];
    private static readonly string[] _missing = ["", "na", "n/a", "nan", "null", "none", "?"];

    /// <summary>Reads a table.</summary>
    /// <param name="name">How the file is called in messages.</param>
    /// <param name="bytes">The text.</param>
    /// <param name="ensemble">The model.</param>
    /// <exception cref="InputException">A line is no row, or the columns do not fit the model.</exception>
    public static ScoreRows Read(string name, byte[] bytes, TreeEnsemble ensemble)
    {
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        int features = ensemble.FeatureNames.Length;
        var values = new List<float>();
        int[]? sources = null;
        int columns = 0;
        char separator = ',';
        long lineNumber = 0;
        while (reader.ReadLine() is { } line)
        {
            lineNumber++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (sources is null)
            {
                separator = SeparatorOf(line);
                string[] first = [.. line.Split(separator).Select(cell => cell.Trim().Trim('"'))];
                columns = first.Length;
                bool isHeader = first.Any(cell => !TryNumber(cell, out _));
                sources = isHeader ? ByName(name, first, ensemble) : ByOrder(name, columns, features);
                if (isHeader)
                {
                    continue;
                }
            }

            Append(values, line.Split(separator), sources, columns, $"{name}, line {lineNumber}");
        }

        int count = features == 0 ? 0 : values.Count / features;
        return new ScoreRows([.. values], count, LeftOut: 0);
    }

    private static char SeparatorOf(string line) =>
        line.Contains('\t', StringComparison.Ordinal) ? '\t' : line.Contains(';', StringComparison.Ordinal) ? ';' : ',';

    private static int[] ByOrder(string name, int columns, int features) =>
        columns - features is 0 or 1
            ? [.. Enumerable.Range(columns - features, features)]
            : throw new InputException(
                $"{name} has {columns} columns and no header; the model has {features} features, and a label may stand before them");

    private static int[] ByName(string name, string[] header, TreeEnsemble ensemble)
    {
        int[] sources = [.. ensemble.FeatureNames.Select(feature => Array.IndexOf(header, feature))];
        int lacking = Array.IndexOf(sources, -1);
        if (lacking < 0)
        {
            return sources;
        }

        int[] unlabelled =
            [.. Enumerable.Range(0, header.Length).Where(i => !_labels.Contains(header[i], StringComparer.OrdinalIgnoreCase))];
        return ensemble.FeatureNames.Select(HasDefaultName).All(isDefault => isDefault) && unlabelled.Length == sources.Length
            ? unlabelled
            : throw new InputException($"{name} has no column {ensemble.FeatureNames[lacking]}, which the model reads");
    }

    // What the libraries call features that were given no names.
    private static bool HasDefaultName(string feature, int index) =>
        string.Equals(feature, string.Create(CultureInfo.InvariantCulture, $"f{index}"), StringComparison.Ordinal)
        || string.Equals(feature, string.Create(CultureInfo.InvariantCulture, $"Column_{index}"), StringComparison.Ordinal);

    private static void Append(List<float> values, string[] cells, int[] sources, int columns, string place)
    {
        if (cells.Length != columns)
        {
            throw new InputException($"{place}: {cells.Length} cells, {columns} were expected");
        }

        if (values.Count > Array.MaxLength - sources.Length)
        {
            throw new InputException($"{place}: the table has more numbers than can be held; split it");
        }

        foreach (int source in sources)
        {
            values.Add(TryNumber(cells[source].Trim().Trim('"'), out float value)
                ? value
                : throw new InputException($"{place}: '{cells[source].Trim()}' is no number"));
        }
    }

    private static bool TryNumber(string cell, out float value)
    {
        if (float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        value = float.NaN;
        return _missing.Contains(cell, StringComparer.OrdinalIgnoreCase);
    }
}
