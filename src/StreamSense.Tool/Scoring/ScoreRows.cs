using StreamSense.Ml.Ranking.Trees;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Scoring;

/// <summary>The rows to be scored, in the order of the model's features.</summary>
/// <param name="Values">The numbers, row after row; NaN says missing.</param>
/// <param name="Count">How many rows there are.</param>
/// <param name="LeftOut">How many numbers are of features that the model does not have.</param>
internal sealed record ScoreRows(float[] Values, int Count, long LeftOut)
{
    /// <summary>Reads rows; their first lines say whether they are svmlight or a table.</summary>
    /// <param name="path">The file; <c>-</c> is standard input.</param>
    /// <param name="standardInput">What <c>-</c> stands for.</param>
    /// <param name="ensemble">The model.</param>
    /// <param name="absentIsZero">Whether what an svmlight row does not name is 0.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InputException">The file cannot be read, or its rows do not fit the model.</exception>
    public static ScoreRows Read(
        string path, Stream standardInput, TreeEnsemble ensemble, bool absentIsZero, CancellationToken cancellationToken)
    {
        using InputFile input = InputFile.Find(path, standardInput);
        byte[] bytes = WholeInput.Read(input, cancellationToken);
        if (!IsSvmlight(bytes))
        {
            return FeatureTable.Read(input.Name, bytes, ensemble);
        }

        SvmlightRows rows = SvmlightReader.Read(input.Name, bytes);
        int features = ensemble.FeatureNames.Length;
        return new ScoreRows(
            rows.ToDense(features, absentIsZero ? 0 : float.NaN), rows.Count, rows.Indices.LongCount(index => index >= features));
    }

    // A row of svmlight may be a label alone; the first that has more says what the file is.
    private static bool IsSvmlight(ReadOnlySpan<byte> text)
    {
        foreach (Range range in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text[range];
            int comment = line.IndexOf((byte)'#');
            line = (comment < 0 ? line : line[..comment]).Trim(" \t\r"u8);
            int blank = line.IndexOfAny((byte)' ', (byte)'\t');
            if (blank >= 0 && !line.Contains((byte)','))
            {
                ReadOnlySpan<byte> second = line[(blank + 1)..].TrimStart(" \t"u8);
                int end = second.IndexOfAny((byte)' ', (byte)'\t');
                return (end < 0 ? second : second[..end]).Contains((byte)':');
            }

            if (line.IndexOfAny((byte)',', (byte)';') >= 0)
            {
                return false;
            }
        }

        return false;
    }
}
