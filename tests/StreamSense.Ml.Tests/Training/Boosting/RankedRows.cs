using System.Globalization;
using StreamSense.Ml.Training.Boosting;

namespace StreamSense.Ml.Tests.Training.Boosting;

/// <summary>Reads svmlight rows with the sizes of their groups beside them.</summary>
internal static class RankedRows
{
    private const int Features = 301;

    public static BoostingData Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        var columns = new float[Features][];
        for (int feature = 0; feature < Features; feature++)
        {
            columns[feature] = new float[lines.Length];
            Array.Fill(columns[feature], float.NaN);
        }

        var labels = new float[lines.Length];
        for (int row = 0; row < lines.Length; row++)
        {
            string[] parts = lines[row].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            labels[row] = float.Parse(parts[0], CultureInfo.InvariantCulture);
            foreach (string part in parts.Skip(1))
            {
                int colon = part.IndexOf(':', StringComparison.Ordinal);
                int feature = int.Parse(part.AsSpan(0, colon), CultureInfo.InvariantCulture);
                columns[feature][row] = float.Parse(part.AsSpan(colon + 1), CultureInfo.InvariantCulture);
            }
        }

        BoostingData rows = Rows.Of(columns, labels);
        return new BoostingData(rows.FeatureNames, [.. columns.Select(column => (ReadOnlyMemory<float>)column)], labels)
        {
            GroupSizes = [.. File.ReadLines(path + ".query").Select(line => int.Parse(line, CultureInfo.InvariantCulture))],
        };
    }
}
