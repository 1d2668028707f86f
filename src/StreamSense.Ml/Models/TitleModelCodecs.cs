using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Models;

/// <summary>How each kind of collaborative model is written and read.</summary>
/// <remarks>Numbers are written as they are, arrays without padding; what can be computed from them is not written.</remarks>
internal static class TitleModelCodecs
{
    private static readonly Dictionary<string, TitleModelCodec> _codecs = new TitleModelCodec[]
    {
        new(ModelKinds.Popularity, WritePopularity, (items, from) => ReadPopularity(ModelKinds.Popularity, items, from)),
        new(ModelKinds.Trending, WritePopularity, (items, from) => ReadPopularity(ModelKinds.Trending, items, from)),
        new(ModelKinds.ItemKnn, WriteItemKnn, ReadItemKnn),
        new(ModelKinds.Ease, WriteEase, ReadEase),
        new(ModelKinds.Ials, WriteIals, ReadIals),
        new(ModelKinds.Bpr, WriteBpr, ReadBpr),
        new(ModelKinds.BiasedMf, WriteBiasedMf, ReadBiasedMf),
    }.ToDictionary(codec => codec.Kind, StringComparer.Ordinal);

    /// <summary>The codec of a kind; null if there is none.</summary>
    public static IModelCodec<TitleModel>? Find(string kind) => _codecs.GetValueOrDefault(kind);

    private static void WritePopularity(IInteractionModel model, ModelSectionWriter to) =>
        to.WriteSingles(((PopularityModel)model).Scores.AsSpan());

    private static PopularityModel ReadPopularity(string kind, int items, ModelSectionReader from) =>
        new(kind, ImmutableCollectionsMarshal.AsImmutableArray(from.ReadSingles(items)));

    private static void WriteItemKnn(IInteractionModel model, ModelSectionWriter to)
    {
        var knn = (ItemKnnModel)model;
        to.WriteInt32s(knn.Starts);
        to.WriteInt32s(knn.Neighbours);
        to.WriteSingles(knn.Weights);
        to.WriteSingles(knn.Popularity);
    }

    private static ItemKnnModel ReadItemKnn(int items, ModelSectionReader from)
    {
        int[] starts = from.ReadInt32s(items + 1);
        return new ItemKnnModel(starts, from.ReadInt32s(starts[^1]), from.ReadSingles(starts[^1]), from.ReadSingles(items));
    }

    private static void WriteEase(IInteractionModel model, ModelSectionWriter to)
    {
        var ease = (EaseModel)model;
        to.Reserve(sizeof(double) + sizeof(int) + (sizeof(float) * ((long)ease.Weights.Length + ease.WeightedItems.Length + ease.Items)));
        to.WriteDouble(ease.Regularisation);
        to.WriteInt32(ease.WeightedItems.Length);
        to.WriteInt32s(ease.WeightedItems);
        to.WriteSingles(ease.Weights);
        to.WriteSingles(ease.Popularity);
    }

    private static EaseModel ReadEase(int items, ModelSectionReader from)
    {
        double regularisation = from.ReadDouble();
        int weighted = from.ReadCount(sizeof(int));
        if ((long)weighted * weighted * sizeof(float) > from.Remaining)
        {
            throw from.Damaged($"the weights of {weighted} items are not all there");
        }

        int[] weightedItems = from.ReadInt32s(weighted);
        float[] weights = from.ReadSingles(weighted * weighted);
        if (!double.IsFinite(regularisation) || !TensorPrimitives.IsFiniteAll<float>(weights))
        {
            throw from.Damaged("a weight is not finite");
        }

        return new EaseModel(regularisation, weightedItems, weights, from.ReadSingles(items));
    }

    private static void WriteIals(IInteractionModel model, ModelSectionWriter to)
    {
        var ials = (IalsModel)model;
        to.WriteInt32(ials.Shape.Dimensions);
        to.WriteDouble(ials.Shape.UnobservedWeight);
        to.WriteDouble(ials.Shape.Regularisation);
        to.WriteDouble(ials.Shape.FrequencyExponent);
        to.WriteInt32(ials.Users);
        to.WriteSingles(ials.UserVectors);
        to.WriteSingles(ials.ItemVectors);
        to.WriteSingles(ials.Popularity);
    }

    private static IalsModel ReadIals(int items, ModelSectionReader from)
    {
        int dimensions = from.ReadInt32();
        var shape = new IalsShape(dimensions, from.ReadDouble(), from.ReadDouble(), from.ReadDouble());
        if (!double.IsFinite(shape.FrequencyExponent))
        {
            throw from.Damaged($"the shape {shape} cannot be");
        }

        int users = from.ReadInt32();
        return new IalsModel(shape, Vectors(users, dimensions, from), Vectors(items, dimensions, from), from.ReadSingles(items));
    }

    private static void WriteBpr(IInteractionModel model, ModelSectionWriter to)
    {
        var bpr = (BprModel)model;
        to.WriteInt32(bpr.Dimensions);
        to.WriteInt32(bpr.Users);
        to.WriteSingles(bpr.UserVectors);
        to.WriteSingles(bpr.ItemVectors);
        to.WriteSingles(bpr.ItemBiases);
        to.WriteSingles(bpr.Popularity);
    }

    private static BprModel ReadBpr(int items, ModelSectionReader from)
    {
        int dimensions = from.ReadInt32();
        int users = from.ReadInt32();
        return new BprModel(
            dimensions,
            Vectors(users, dimensions, from),
            Vectors(items, dimensions, from),
            from.ReadSingles(items),
            from.ReadSingles(items));
    }

    private static void WriteBiasedMf(IInteractionModel model, ModelSectionWriter to)
    {
        var mf = (BiasedMfModel)model;
        to.WriteSingle(mf.Range.Mean);
        to.WriteSingle(mf.Range.Lowest);
        to.WriteSingle(mf.Range.Highest);
        to.WriteInt32(mf.Dimensions);
        to.WriteInt32(mf.Users);
        to.WriteSingles(mf.UserBiases);
        to.WriteSingles(mf.ItemBiases);
        to.WriteSingles(mf.UserVectors);
        to.WriteSingles(mf.ItemVectors);
    }

    private static BiasedMfModel ReadBiasedMf(int items, ModelSectionReader from)
    {
        var range = new RatingRange(from.ReadSingle(), from.ReadSingle(), from.ReadSingle());
        int dimensions = from.ReadInt32();
        int users = from.ReadInt32();
        return new BiasedMfModel(
            range,
            dimensions,
            from.ReadSingles(users),
            from.ReadSingles(items),
            Vectors(users, dimensions, from),
            Vectors(items, dimensions, from));
    }

    private static float[] Vectors(int count, int dimensions, ModelSectionReader from)
    {
        long length = (long)count * dimensions;
        return count >= 0 && dimensions >= 0 && length * sizeof(float) <= from.Remaining
            ? from.ReadSingles((int)length)
            : throw from.Damaged($"{count} vectors of {dimensions} numbers are not all there");
    }
}
