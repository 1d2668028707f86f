using System.Collections.Immutable;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml.Models;

/// <summary>Writes and reads weights of features.</summary>
internal sealed class LinearCodec : IModelCodec<LinearModel>
{
    private const string Section = "weights";

    /// <inheritdoc/>
    public string Kind => ModelKinds.Linear;

    /// <inheritdoc/>
    public int Revision => 1;

    /// <inheritdoc/>
    public void Write(LinearModel model, ModelFileBuilder file)
    {
        ModelSectionWriter to = file.Section(Section);
        to.WriteBoolean(model.LayoutHash.HasValue);
        to.WriteUInt64(model.LayoutHash ?? 0);
        to.WriteSingle(model.Bias);
        to.WriteInt32(model.Weights.Length);
        foreach (FeatureWeight weight in model.Weights)
        {
            to.WriteText(weight.Feature);
            to.WriteSingle(weight.Weight);
            to.WriteSingle(weight.Missing);
        }
    }

    /// <inheritdoc/>
    public LinearModel Read(ModelFile file)
    {
        ModelSectionReader from = file.Section(Section);
        bool hasLayout = from.ReadBoolean();
        ulong hash = from.ReadUInt64();
        float bias = from.ReadSingle();
        int count = from.ReadCount(sizeof(int) + sizeof(float) + sizeof(float));
        ImmutableArray<FeatureWeight>.Builder weights = ImmutableArray.CreateBuilder<FeatureWeight>(count);
        for (int i = 0; i < count; i++)
        {
            var weight = new FeatureWeight(from.ReadText(), from.ReadSingle(), from.ReadSingle());
            if (!float.IsFinite(weight.Weight) || !float.IsFinite(weight.Missing))
            {
                throw from.Damaged($"the weight of {weight.Feature} is not finite");
            }

            weights.Add(weight);
        }

        from.End();
        return new LinearModel(file.Card.Name, file.Card.Version, weights.MoveToImmutable(), bias, hasLayout ? hash : null);
    }
}
