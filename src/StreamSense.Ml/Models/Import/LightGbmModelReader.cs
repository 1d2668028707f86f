using System.Collections.Immutable;
using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Ml.Models.Import;

/// <summary>Reads the text models of LightGBM (versions 3 and 4, <c>save_model</c>).</summary>
/// <remarks>
/// Faithful for rows of 32-bit numbers: the sum adds the same leaves in 64 bits in the same order. Read are the objectives with one
/// output: regression and its robust forms, ranking, binary and cross entropy (logistic, with the sigmoid parameter), Poisson, gamma and
/// Tweedie (exponential), random forests (<c>average_output</c>; the leaves are divided once, within 1e-15). Refused with a clear
/// message: several classes, linear trees, <c>sqrt</c> and objectives it does not know. One difference is left: a category between -1
/// and 0 counts as missing. A file has at most 1 GiB and is held in memory once, beside what it becomes.
/// </remarks>
public static class LightGbmModelReader
{
    private const int MostFeatures = 1 << 20;

    /// <summary>Reads a model.</summary>
    /// <param name="stream">The text; read to its end and left open.</param>
    /// <exception cref="ModelFormatException">It is no such model, or one that cannot be read; the message names the line.</exception>
    public static TreeEnsemble Read(Stream stream) => Read(ModelText.ReadToEnd(stream));

    /// <summary>Reads a model.</summary>
    /// <param name="text">The text, UTF-8.</param>
    /// <exception cref="ModelFormatException">It is no such model, or one that cannot be read; the message names the line.</exception>
    public static TreeEnsemble Read(ReadOnlySpan<byte> text)
    {
        var lines = new KeyValueLines(ModelText.WithoutMark(text));
        if (!lines.Next() || !lines.Line.SequenceEqual("tree"u8))
        {
            throw lines.Malformed("a LightGBM text model starts with the line 'tree'");
        }

        var header = new LightGbmHeader();
        var trees = ImmutableArray.CreateBuilder<DecisionTree>();
        bool more = header.Read(ref lines);
        while (more)
        {
            var tree = new LightGbmTree(lines.Number);
            more = tree.Read(ref lines);
            trees.Add(tree.ToTree(header.FeatureNames.Length));
        }

        if (!lines.Line.SequenceEqual("end of trees"u8))
        {
            throw lines.Malformed("the model ends before 'end of trees'");
        }

        if (trees.Count % header.TreesPerIteration != 0)
        {
            throw lines.Malformed("the last iteration lacks trees");
        }

        return ToEnsemble(header, trees.DrainToImmutable());
    }

    /// <summary>Checks that a number of features is one that can be.</summary>
    internal static bool IsFeatureCount(int count) => count is > 0 and <= MostFeatures;

    private static TreeEnsemble ToEnsemble(LightGbmHeader header, ImmutableArray<DecisionTree> trees)
    {
        if (header.IsAverage && trees.Length > 0)
        {
            double share = 1.0 / trees.Length;
            trees = [.. trees.Select(tree => tree with { Leaves = [.. tree.Leaves.Select(leaf => leaf * share)] })];
        }

        try
        {
            return new TreeEnsemble(header.FeatureNames, trees)
            {
                Arithmetic = TreeArithmetic.Double,
                Link = header.Link,
                LinkScale = header.LinkScale,
            };
        }
        catch (ArgumentException defect)
        {
            throw new ModelFormatException($"The model is not whole: {defect.Message}", defect);
        }
    }
}
