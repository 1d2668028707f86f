using System.Collections.Immutable;
using System.Globalization;
using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Ml.Models.Import;

/// <summary>What a LightGBM model says before its trees.</summary>
internal sealed class LightGbmHeader
{
    /// <summary>The names of the features.</summary>
    public ImmutableArray<string> FeatureNames { get; private set; } = [];

    /// <summary>How many trees an iteration has.</summary>
    public int TreesPerIteration { get; private set; } = 1;

    /// <summary>Whether the trees are averaged instead of added.</summary>
    public bool IsAverage { get; private set; }

    /// <summary>The link of the objective.</summary>
    public TreeLink Link { get; private set; }

    /// <summary>The sigmoid parameter.</summary>
    public double LinkScale { get; private set; } = 1;

    /// <summary>Reads up to the first tree.</summary>
    /// <returns>False if there is none.</returns>
    public bool Read(ref KeyValueLines lines)
    {
        int features = -1;
        while (lines.Next())
        {
            ReadOnlySpan<byte> key = lines.Key;
            if (key.SequenceEqual("Tree"u8) || key.SequenceEqual("end of trees"u8))
            {
                if (FeatureNames.Length != features)
                {
                    throw lines.Malformed($"there are {FeatureNames.Length} feature names and {features} features");
                }

                return key.SequenceEqual("Tree"u8);
            }
            else if (key.SequenceEqual("version"u8))
            {
                if (!lines.Value.SequenceEqual("v3"u8) && !lines.Value.SequenceEqual("v4"u8))
                {
                    throw lines.Malformed("only the versions v3 and v4 can be read");
                }
            }
            else if (key.SequenceEqual("num_class"u8) && lines.Int32() != 1)
            {
                throw lines.Malformed("a model of several classes gives no single score");
            }
            else if (key.SequenceEqual("num_tree_per_iteration"u8))
            {
                TreesPerIteration = lines.Int32() == 1 ? 1 : throw lines.Malformed("a model of several outputs gives no single score");
            }
            else if (key.SequenceEqual("max_feature_idx"u8))
            {
                int last = lines.Int32();
                features = last < int.MaxValue && LightGbmModelReader.IsFeatureCount(last + 1)
                    ? last + 1
                    : throw lines.Malformed($"a model has no {last} features");
            }
            else if (key.SequenceEqual("feature_names"u8))
            {
                FeatureNames = [.. lines.Words()];
            }
            else if (key.SequenceEqual("objective"u8))
            {
                ReadObjective(lines);
            }
            else if (key.SequenceEqual("average_output"u8))
            {
                IsAverage = true;
            }
        }

        throw lines.Malformed("the model ends before its trees");
    }

    private void ReadObjective(in KeyValueLines lines)
    {
        string[] words = lines.Words();
        string name = words.Length == 0 ? "none" : words[0];
        switch (name)
        {
            case "regression" or "regression_l1" or "huber" or "fair" or "quantile" or "mape" or "lambdarank" or "rank_xendcg" or "custom"
                or "none":
                Link = TreeLink.Identity;
                break;
            case "binary" or "cross_entropy" or "xentropy":
                Link = TreeLink.Logistic;
                break;
            case "poisson" or "gamma" or "tweedie":
                Link = TreeLink.Exponential;
                break;
            default:
                throw lines.Malformed($"the objective {name} cannot be read");
        }

        foreach (string word in words.Skip(1))
        {
            if (string.Equals(word, "sqrt", StringComparison.Ordinal))
            {
                throw lines.Malformed("the objective regression with sqrt cannot be read");
            }

            if (string.Equals(name, "binary", StringComparison.Ordinal) && word.StartsWith("sigmoid:", StringComparison.Ordinal))
            {
                LinkScale = double.TryParse(word.AsSpan(8), NumberStyles.Float, CultureInfo.InvariantCulture, out double scale)
                    && scale > 0 && double.IsFinite(scale) ? scale : throw lines.Malformed($"'{word}' is no sigmoid parameter");
            }
        }
    }
}
