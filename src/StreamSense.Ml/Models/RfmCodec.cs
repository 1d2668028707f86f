using StreamSense.Ml.Features.Segments;

namespace StreamSense.Ml.Models;

/// <summary>Writes and reads the fifths of an audience.</summary>
internal sealed class RfmCodec : IModelCodec<RfmModel>
{
    private const string Section = "fifths";

    /// <inheritdoc/>
    public string Kind => ModelKinds.Rfm;

    /// <inheritdoc/>
    public int Revision => 1;

    /// <inheritdoc/>
    public void Write(RfmModel model, ModelFileBuilder file)
    {
        ModelSectionWriter to = file.Section(Section);
        to.WriteDoubles(model.RecencyBounds.AsSpan());
        to.WriteDoubles(model.FrequencyBounds.AsSpan());
        to.WriteDoubles(model.MonetaryBounds.AsSpan());
    }

    /// <inheritdoc/>
    public RfmModel Read(ModelFile file)
    {
        ModelSectionReader from = file.Section(Section);
        double[] recency = from.ReadDoubles(RfmModel.Bounds);
        double[] frequency = from.ReadDoubles(RfmModel.Bounds);
        var model = new RfmModel(recency, frequency, from.ReadDoubles(RfmModel.Bounds));
        from.End();
        return model;
    }
}
