using System.Collections.Immutable;
using System.Text.Json;
using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Ml.Models.Import;

/// <summary>One tree of an XGBoost model, as its lists say it.</summary>
internal sealed class XgboostTree
{
    private const int Leaf = -1;

    private readonly Dictionary<string, List<double>> _lists = new(StringComparer.Ordinal)
    {
        ["left_children"] = [],
        ["right_children"] = [],
        ["split_indices"] = [],
        ["split_conditions"] = [],
        ["default_left"] = [],
        ["sum_hessian"] = [],
        ["split_type"] = [],
        ["categories"] = [],
        ["categories_nodes"] = [],
        ["categories_segments"] = [],
        ["categories_sizes"] = [],
    };

    private readonly Dictionary<int, int> _sets = [];
    private string _leafSize = "0";

    private List<double> Left => _lists["left_children"];

    private List<double> Right => _lists["right_children"];

    private List<double> Conditions => _lists["split_conditions"];

    /// <summary>Reads the tree; the reader stands at its start, and then at its end.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("a tree is an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString() ?? "";
            reader.Read();
            if (_lists.TryGetValue(name, out List<double>? list))
            {
                ReadList(ref reader, list);
            }
            else if (string.Equals(name, "tree_param", StringComparison.Ordinal))
            {
                ReadParameters(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    /// <summary>The tree.</summary>
    /// <param name="index">Its place in the model, for messages.</param>
    /// <param name="features">How many features there are.</param>
    /// <param name="weight">What its leaves are multiplied by.</param>
    /// <exception cref="ModelFormatException">The lists make no tree.</exception>
    public DecisionTree ToTree(int index, int features, float weight)
    {
        if (_leafSize is not ("0" or "1"))
        {
            throw new ModelFormatException($"Tree {index} has leaves of {_leafSize} values: a model of several targets.");
        }

        int nodes = Left.Count;
        if (nodes == 0 || Right.Count != nodes || Conditions.Count != nodes || _lists["split_indices"].Count != nodes
            || _lists["default_left"].Count != nodes)
        {
            throw new ModelFormatException($"Tree {index} has lists of different lengths.");
        }

        ImmutableArray<TreeCategories> sets = ToSets(index);
        try
        {
            return Grow(index, features, weight, sets);
        }
        catch (Exception defect) when (defect is ArgumentException or OverflowException)
        {
            throw new ModelFormatException($"Tree {index} is not whole: {defect.Message}", defect);
        }
    }

    private static void ReadList(ref Utf8JsonReader reader, List<double> list)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("a list was expected");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            // Early versions say the default direction as true and false.
            list.Add(reader.TokenType switch
            {
                JsonTokenType.True => 1,
                JsonTokenType.False => 0,
                _ => reader.GetDouble(),
            });
        }
    }

    private void ReadParameters(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("an object was expected");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isLeafSize = reader.ValueTextEquals("size_leaf_vector"u8);
            reader.Read();
            if (isLeafSize && reader.TokenType == JsonTokenType.String)
            {
                _leafSize = reader.GetString() ?? "";
            }
            else
            {
                reader.Skip();
            }
        }
    }

    // From the root on, because a pruned tree keeps nodes that nothing leads to; a node is visited once, or the tree is none.
    private DecisionTree Grow(int index, int features, float weight, ImmutableArray<TreeCategories> sets)
    {
        var splits = new List<TreeSplit>();
        var leaves = ImmutableArray.CreateBuilder<double>();
        var covers = ImmutableArray.CreateBuilder<double>();
        List<double> hessians = _lists["sum_hessian"];
        var open = new Stack<(int Node, int Parent, bool IsLeft)>([(0, -1, false)]);
        int visited = 0;
        while (open.TryPop(out (int Node, int Parent, bool IsLeft) next))
        {
            if ((uint)next.Node >= (uint)Left.Count || ++visited > Left.Count)
            {
                throw new ModelFormatException($"Tree {index} has a child {next.Node} that cannot be.");
            }

            int place;
            if (Left[next.Node] == Leaf)
            {
                place = ~leaves.Count;
                float leaf = (float)Conditions[next.Node] * weight;
                leaves.Add(float.IsFinite(leaf) ? leaf : throw new ModelFormatException($"A leaf of tree {index} is not finite."));
                covers.Add(hessians.Count == Left.Count ? Math.Max(0, hessians[next.Node]) : 0);
            }
            else
            {
                place = splits.Count;
                splits.Add(ToSplit(index, next.Node, features));
                bool isSet = splits[place].IsCategorical;
                int left = checked((int)Left[next.Node]);
                int right = checked((int)Right[next.Node]);
                open.Push((right, place, isSet));
                open.Push((left, place, !isSet));
            }

            if (next.Parent >= 0)
            {
                TreeSplit parent = splits[next.Parent];
                splits[next.Parent] = next.IsLeft ? parent with { Left = place } : parent with { Right = place };
            }
        }

        return new DecisionTree([.. splits], leaves.ToImmutable())
        {
            Categories = sets,
            LeafCovers = hessians.Count == Left.Count ? covers.ToImmutable() : [],
        };
    }

    private TreeSplit ToSplit(int index, int node, int features)
    {
        int feature = checked((int)_lists["split_indices"][node]);
        if ((uint)feature >= (uint)features)
        {
            throw new ModelFormatException($"Node {node} of tree {index} names the feature {feature} of {features}.");
        }

        bool defaultLeft = _lists["default_left"][node] != 0;
        bool isCategorical = _lists["split_type"].Count == Left.Count && _lists["split_type"][node] == 1;
        if (!isCategorical)
        {
            return new TreeSplit(feature, (float)Conditions[node], Left: 0, Right: 0, defaultLeft);
        }

        // XGBoost sends its set to the right, so that the children change places here.
        return _sets.TryGetValue(node, out int set)
            ? new TreeSplit(feature, Threshold: 0, Left: 0, Right: 0, !defaultLeft, set)
            : throw new ModelFormatException($"Node {node} of tree {index} has no categories.");
    }

    private ImmutableArray<TreeCategories> ToSets(int index)
    {
        (List<double> nodes, List<double> starts, List<double> sizes, List<double> all) =
            (_lists["categories_nodes"], _lists["categories_segments"], _lists["categories_sizes"], _lists["categories"]);
        if (starts.Count != nodes.Count || sizes.Count != nodes.Count)
        {
            throw new ModelFormatException($"Tree {index} has lists of categories of different lengths.");
        }

        var sets = ImmutableArray.CreateBuilder<TreeCategories>(nodes.Count);
        for (int i = 0; i < nodes.Count; i++)
        {
            double end = starts[i] + sizes[i];
            if (!(starts[i] >= 0) || !(sizes[i] >= 0) || !(end <= all.Count) || !_sets.TryAdd((int)nodes[i], i))
            {
                throw new ModelFormatException($"The categories of node {nodes[i]} of tree {index} are not there, or there twice.");
            }

            sets.Add(ToSet(index, all, (int)starts[i], (int)end));
        }

        return sets.MoveToImmutable();
    }

    private static TreeCategories ToSet(int index, List<double> all, int from, int to)
    {
        // As XGBoost itself does, a set has no category of 2^24 or more.
        const int most = 1 << 24;
        int greatest = -1;
        for (int i = from; i < to; i++)
        {
            greatest = all[i] >= 0 && all[i] < most
                ? Math.Max(greatest, (int)all[i])
                : throw new ModelFormatException($"Tree {index} has the category {all[i]}.");
        }

        var words = new ulong[(greatest + 64) / 64];
        for (int i = from; i < to; i++)
        {
            words[(int)all[i] >> 6] |= 1UL << ((int)all[i] & 63);
        }

        return new TreeCategories([.. words]);
    }
}
