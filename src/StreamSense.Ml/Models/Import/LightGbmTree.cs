using System.Collections.Immutable;
using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Ml.Models.Import;

/// <summary>One tree of a LightGBM model, as its lines say it.</summary>
internal sealed class LightGbmTree(int line)
{
    private const int Categorical = 1;
    private const int DefaultLeft = 2;
    private const int MissingShift = 2;
    private const int MissingNone = 0;
    private const int MissingZero = 1;
    private const int MissingNaN = 2;

    private int _leaves = -1;
    private int[] _features = [];
    private double[] _thresholds = [];
    private int[] _decisions = [];
    private int[] _left = [];
    private int[] _right = [];
    private double[] _values = [];
    private double[] _counts = [];
    private int[] _boundaries = [];
    private uint[] _categories = [];

    /// <summary>Reads the lines of the tree, from behind the one that starts it.</summary>
    /// <returns>Whether another tree follows; if not, the lines stand at what does.</returns>
    public bool Read(ref KeyValueLines lines)
    {
        while (lines.Next())
        {
            ReadOnlySpan<byte> key = lines.Key;
            if (key.SequenceEqual("Tree"u8))
            {
                return true;
            }

            if (key.SequenceEqual("end of trees"u8))
            {
                return false;
            }

            if (!ReadShape(key, lines))
            {
                ReadNodes(key, lines);
            }
        }

        return false;
    }

    /// <summary>The tree.</summary>
    /// <param name="features">How many features there are.</param>
    public DecisionTree ToTree(int features)
    {
        int splits = _leaves - 1;
        bool fits = splits >= 0 && _values.Length == _leaves;
        if (splits > 0)
        {
            fits &= _features.Length == splits && _thresholds.Length == splits && _decisions.Length == splits
                && _left.Length == splits && _right.Length == splits;
        }

        if (!fits)
        {
            throw Malformed($"a list has not as many entries as {_leaves} leaves need");
        }

        var nodes = ImmutableArray.CreateBuilder<TreeSplit>(splits);
        for (int i = 0; i < splits; i++)
        {
            if ((uint)_features[i] >= (uint)features)
            {
                throw Malformed($"split {i} names the feature {_features[i]} of {features}");
            }

            nodes.Add(ToSplit(i));
        }

        return new DecisionTree(nodes.ToImmutable(), [.. _values])
        {
            Categories = ToSets(),
            LeafCovers = _counts.Length == _leaves && _counts.All(count => count >= 0) ? [.. _counts] : [],
        };
    }

    // What is at most t in 64 bits is less than the least 32-bit number above t.
    private static float LeastAbove(double threshold)
    {
        float nearest = (float)threshold;
        return nearest <= threshold ? MathF.BitIncrement(nearest) : nearest;
    }

    private bool ReadShape(ReadOnlySpan<byte> key, in KeyValueLines lines)
    {
        if (key.SequenceEqual("num_leaves"u8))
        {
            _leaves = lines.Int32();
        }
        else if (key.SequenceEqual("is_linear"u8) && lines.Int32() != 0)
        {
            throw lines.Malformed("a tree with linear models in its leaves cannot be read");
        }
        else if (key.SequenceEqual("left_child"u8))
        {
            _left = lines.Int32s();
        }
        else if (key.SequenceEqual("right_child"u8))
        {
            _right = lines.Int32s();
        }
        else if (key.SequenceEqual("cat_boundaries"u8))
        {
            _boundaries = lines.Int32s();
        }
        else if (key.SequenceEqual("cat_threshold"u8))
        {
            _categories = lines.UInt32s();
        }
        else
        {
            return false;
        }

        return true;
    }

    private void ReadNodes(ReadOnlySpan<byte> key, in KeyValueLines lines)
    {
        if (key.SequenceEqual("split_feature"u8))
        {
            _features = lines.Int32s();
        }
        else if (key.SequenceEqual("threshold"u8))
        {
            _thresholds = lines.Doubles(infinite: true);
        }
        else if (key.SequenceEqual("decision_type"u8))
        {
            _decisions = lines.Int32s();
        }
        else if (key.SequenceEqual("leaf_value"u8))
        {
            _values = lines.Doubles();
        }
        else if (key.SequenceEqual("leaf_count"u8))
        {
            _counts = lines.Doubles();
        }
    }

    private TreeSplit ToSplit(int index)
    {
        int decision = _decisions[index];
        double threshold = _thresholds[index];
        (int feature, int left, int right) = (_features[index], _left[index], _right[index]);
        if ((decision & Categorical) != 0)
        {
            bool known = threshold >= 0 && threshold < _boundaries.Length - 1 && threshold == Math.Floor(threshold);
            return known
                ? new TreeSplit(feature, 0, left, right, MissingLeft: false, (int)threshold)
                : throw Malformed($"split {index} names a set of categories that is not there");
        }

        // With the missing type None, what is missing counts as 0.
        bool missingLeft = (decision >> MissingShift) switch
        {
            MissingNone => threshold >= 0,
            MissingZero or MissingNaN => (decision & DefaultLeft) != 0,
            _ => throw Malformed($"split {index} has the decision type {decision}"),
        };

        // A split that asks whether the value is missing, and nothing else, has the threshold inf: every number is at most that. As
        // no number is less than -inf, the same question is put with the sides exchanged.
        TreeSplit split = double.IsPositiveInfinity(threshold)
            ? new TreeSplit(feature, float.NegativeInfinity, right, left, !missingLeft)
            : new TreeSplit(feature, LeastAbove(threshold), left, right, missingLeft);
        return split with { ZeroIsMissing = decision >> MissingShift == MissingZero };
    }

    private ImmutableArray<TreeCategories> ToSets()
    {
        if (_boundaries.Length == 0)
        {
            return [];
        }

        var sets = ImmutableArray.CreateBuilder<TreeCategories>(_boundaries.Length - 1);
        for (int i = 0; i + 1 < _boundaries.Length; i++)
        {
            (int from, int to) = (_boundaries[i], _boundaries[i + 1]);
            if (from < 0 || to < from || to > _categories.Length)
            {
                throw Malformed("the boundaries of the sets of categories do not fit");
            }

            var words = new ulong[(to - from + 1) / 2];
            for (int word = 0; word < to - from; word++)
            {
                words[word >> 1] |= (ulong)_categories[from + word] << ((word & 1) * 32);
            }

            sets.Add(new TreeCategories([.. words]));
        }

        return sets.MoveToImmutable();
    }

    private ModelFormatException Malformed(string why) => new($"The tree at line {line}: {why}.");
}
