using System.Runtime.InteropServices;
using StreamSense.Ml.Training.Linear;

namespace StreamSense.Ml.Models;

/// <summary>Writes and reads calibrators.</summary>
internal sealed class CalibratorCodec : IModelCodec<ICalibrator>
{
    private const string Section = "calibrator";
    private const byte Platt = 1;
    private const byte Isotonic = 2;

    /// <inheritdoc/>
    public string Kind => ModelKinds.Calibrator;

    /// <inheritdoc/>
    public int Revision => 1;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">It is a host's own, which this cannot write.</exception>
    public void Write(ICalibrator model, ModelFileBuilder file)
    {
        ModelSectionWriter to = file.Section(Section);
        switch (model)
        {
            case PlattCalibrator platt:
                to.WriteByte(Platt);
                to.WriteDouble(platt.Slope);
                to.WriteDouble(platt.Intercept);
                break;
            case IsotonicCalibrator isotonic:
                to.WriteByte(Isotonic);
                to.WriteInt32(isotonic.Scores.Length);
                to.WriteDoubles(isotonic.Scores.AsSpan());
                to.WriteDoubles(isotonic.Probabilities.AsSpan());
                break;
            default:
                throw new ArgumentException($"A {model.GetType().Name} needs a codec of its own.", nameof(model));
        }
    }

    /// <inheritdoc/>
    public ICalibrator Read(ModelFile file)
    {
        ModelSectionReader from = file.Section(Section);
        byte shape = from.ReadByte();
        ICalibrator model = shape switch
        {
            Platt => new PlattCalibrator(from.ReadDouble(), from.ReadDouble()),
            Isotonic => ReadIsotonic(from),
            _ => throw from.Damaged($"there is no calibrator of the shape {shape}"),
        };
        from.End();
        return model;
    }

    private static IsotonicCalibrator ReadIsotonic(ModelSectionReader from)
    {
        int corners = from.ReadCount(2 * sizeof(double));
        return new IsotonicCalibrator(
            ImmutableCollectionsMarshal.AsImmutableArray(from.ReadDoubles(corners)),
            ImmutableCollectionsMarshal.AsImmutableArray(from.ReadDoubles(corners)));
    }
}
