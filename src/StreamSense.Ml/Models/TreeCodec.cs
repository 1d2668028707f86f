using System.Collections.Immutable;
using System.Runtime.InteropServices;
using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Ml.Models;

/// <summary>Writes and reads decision trees.</summary>
internal sealed class TreeCodec : IModelCodec<TreeEnsemble>
{
    private const string EnsembleSection = "ensemble";
    private const string TreesSection = "trees";
    private const int SplitBytes = (4 * sizeof(int)) + sizeof(float) + sizeof(byte);
    private const byte MissingLeft = 1;
    private const byte ZeroIsMissing = 2;

    /// <inheritdoc/>
    public string Kind => ModelKinds.Trees;

    /// <inheritdoc/>
    public int Revision => 1;

    /// <inheritdoc/>
    public void Write(TreeEnsemble model, ModelFileBuilder file)
    {
        ModelSectionWriter ensemble = file.Section(EnsembleSection);
        ensemble.WriteDouble(model.BaseScore);
        ensemble.WriteDouble(model.LinkScale);
        ensemble.WriteByte((byte)model.Link);
        ensemble.WriteByte((byte)model.Arithmetic);
        ensemble.WriteInt32(model.FeatureNames.Length);
        foreach (string name in model.FeatureNames)
        {
            ensemble.WriteText(name);
        }

        ModelSectionWriter trees = file.Section(TreesSection);
        trees.WriteInt32(model.Trees.Length);
        foreach (DecisionTree tree in model.Trees)
        {
            Write(tree, trees);
        }
    }

    /// <inheritdoc/>
    public TreeEnsemble Read(ModelFile file)
    {
        ModelSectionReader ensemble = file.Section(EnsembleSection);
        double baseScore = ensemble.ReadDouble();
        double linkScale = ensemble.ReadDouble();
        byte link = ensemble.ReadByte();
        byte arithmetic = ensemble.ReadByte();
        bool isFinite = double.IsFinite(baseScore) && double.IsFinite(linkScale);
        if (!isFinite || link > (byte)TreeLink.Exponential || arithmetic > (byte)TreeArithmetic.Double)
        {
            throw ensemble.Damaged(
                $"no ensemble has the base {baseScore}, the scale {linkScale}, the link {link} and the arithmetic {arithmetic}");
        }

        var names = new string[ensemble.ReadCount(sizeof(int))];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = ensemble.ReadText();
        }

        ensemble.End();
        ModelSectionReader trees = file.Section(TreesSection);
        var read = new DecisionTree[trees.ReadCount(2 * sizeof(int))];
        for (int i = 0; i < read.Length; i++)
        {
            read[i] = Read(trees);
        }

        trees.End();
        return new TreeEnsemble(
            ImmutableCollectionsMarshal.AsImmutableArray(names), ImmutableCollectionsMarshal.AsImmutableArray(read))
        {
            BaseScore = baseScore,
            LinkScale = linkScale,
            Link = (TreeLink)link,
            Arithmetic = (TreeArithmetic)arithmetic,
        };
    }

    private static void Write(DecisionTree tree, ModelSectionWriter to)
    {
        to.WriteInt32(tree.Splits.Length);
        to.WriteInt32(tree.Categories.Length);
        foreach (TreeSplit split in tree.Splits)
        {
            to.WriteInt32(split.Feature);
            to.WriteSingle(split.Threshold);
            to.WriteInt32(split.Left);
            to.WriteInt32(split.Right);
            to.WriteInt32(split.Categories);
            to.WriteByte((byte)((split.MissingLeft ? MissingLeft : 0) | (split.ZeroIsMissing ? ZeroIsMissing : 0)));
        }

        to.WriteDoubles(tree.Leaves.AsSpan());
        to.WriteBoolean(!tree.LeafCovers.IsEmpty);
        to.WriteDoubles(tree.LeafCovers.AsSpan());
        foreach (TreeCategories set in tree.Categories)
        {
            to.WriteInt32(set.Bits.Length);
            to.WriteUInt64s(set.Bits.AsSpan());
        }
    }

    private static DecisionTree Read(ModelSectionReader from)
    {
        var splits = new TreeSplit[from.ReadCount(SplitBytes)];
        var categories = new TreeCategories[from.ReadCount(sizeof(int))];
        for (int i = 0; i < splits.Length; i++)
        {
            (int feature, float threshold, int left, int right, int set, byte flags) = (
                from.ReadInt32(), from.ReadSingle(), from.ReadInt32(), from.ReadInt32(), from.ReadInt32(), from.ReadByte());
            if ((flags & ~(MissingLeft | ZeroIsMissing)) != 0)
            {
                throw from.Damaged($"a split has the flags {flags}");
            }

            splits[i] = new TreeSplit(feature, threshold, left, right, (flags & MissingLeft) != 0, set)
            {
                ZeroIsMissing = (flags & ZeroIsMissing) != 0,
            };
        }

        ImmutableArray<double> leaves = ImmutableCollectionsMarshal.AsImmutableArray(from.ReadDoubles(splits.Length + 1));
        double[] covers = from.ReadBoolean() ? from.ReadDoubles(leaves.Length) : [];
        for (int i = 0; i < categories.Length; i++)
        {
            int words = from.ReadCount(sizeof(ulong));
            categories[i] = new TreeCategories(ImmutableCollectionsMarshal.AsImmutableArray(from.ReadUInt64s(words)));
        }

        return new DecisionTree(ImmutableCollectionsMarshal.AsImmutableArray(splits), leaves)
        {
            Categories = ImmutableCollectionsMarshal.AsImmutableArray(categories),
            LeafCovers = ImmutableCollectionsMarshal.AsImmutableArray(covers),
        };
    }
}
