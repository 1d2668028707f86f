using System.Runtime.InteropServices;
using StreamSense.Ml.Features.Segments;

namespace StreamSense.Ml.Models;

/// <summary>Writes and reads clusters of viewers.</summary>
internal sealed class KMeansCodec : IModelCodec<KMeansModel>
{
    private const string Section = "clusters";

    /// <inheritdoc/>
    public string Kind => ModelKinds.KMeans;

    /// <inheritdoc/>
    public int Revision => 1;

    /// <inheritdoc/>
    public void Write(KMeansModel model, ModelFileBuilder file)
    {
        ModelSectionWriter to = file.Section(Section);
        to.WriteInt32(model.Columns);
        to.WriteInt32(model.Clusters);
        to.WriteDouble(model.Inertia);
        to.WriteInt32(model.Iterations);
        to.WriteInt32s(model.Sizes.AsSpan());
        to.WriteDoubles(model.Scale.Means);
        to.WriteDoubles(model.Scale.Scales);
        to.WriteDoubles(model.Centres);
    }

    /// <inheritdoc/>
    public KMeansModel Read(ModelFile file)
    {
        ModelSectionReader from = file.Section(Section);
        int columns = from.ReadCount(2 * sizeof(double));
        int clusters = from.ReadCount(sizeof(int));
        double inertia = from.ReadDouble();
        int iterations = from.ReadInt32();
        int[] sizes = from.ReadInt32s(clusters);
        var scale = new StandardScale(from.ReadDoubles(columns), from.ReadDoubles(columns));
        if ((long)columns * clusters * sizeof(double) != from.Remaining)
        {
            throw from.Damaged($"{clusters} centres of {columns} numbers do not take {from.Remaining} bytes");
        }

        double[] centres = from.ReadDoubles(columns * clusters);
        bool isWhole = columns > 0 && clusters > 0 && iterations >= 0 && double.IsFinite(inertia) && Array.TrueForAll(centres, double.IsFinite)
            && scale.IsUsable && Array.TrueForAll(sizes, size => size >= 0);
        return isWhole
            ? new KMeansModel(scale, centres, ImmutableCollectionsMarshal.AsImmutableArray(sizes), inertia, iterations)
            : throw from.Damaged("a number of the clusters cannot be");
    }
}
