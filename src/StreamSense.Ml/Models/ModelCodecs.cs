using StreamSense.Ml.Candidates;
using StreamSense.Ml.Features.Segments;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Trees;
using StreamSense.Ml.Training.Linear;

namespace StreamSense.Ml.Models;

/// <summary>How the models of this library are written into files.</summary>
public static class ModelCodecs
{
    /// <summary>Weights of features.</summary>
    /// <remarks>Name and version are the card's. The kind is <see cref="ModelKinds.Linear"/>.</remarks>
    public static IModelCodec<LinearModel> Linear { get; } = new LinearCodec();

    /// <summary>Decision trees.</summary>
    /// <remarks>The kind is <see cref="ModelKinds.Trees"/>.</remarks>
    public static IModelCodec<TreeEnsemble> Trees { get; } = new TreeCodec();

    /// <summary>Titles as vectors.</summary>
    /// <remarks>The kind is <see cref="ModelKinds.ItemFactors"/>.</remarks>
    public static IModelCodec<ItemFactors> ItemFactors { get; } = new ItemFactorsCodec();

    /// <summary>For each title those that go with it.</summary>
    /// <remarks>The kind is <see cref="ModelKinds.ItemNeighbours"/>.</remarks>
    public static IModelCodec<ItemNeighbours> ItemNeighbours { get; } = new ItemNeighboursCodec();

    /// <summary>What makes probabilities of scores, fitted to a model of its own file.</summary>
    /// <remarks>The kind is <see cref="ModelKinds.Calibrator"/>.</remarks>
    public static IModelCodec<ICalibrator> Calibrator { get; } = new CalibratorCodec();

    /// <summary>Fifths of an audience in recency, frequency and money.</summary>
    /// <remarks>The kind is <see cref="ModelKinds.Rfm"/>.</remarks>
    public static IModelCodec<RfmModel> Rfm { get; } = new RfmCodec();

    /// <summary>Clusters of viewers.</summary>
    /// <remarks>The kind is <see cref="ModelKinds.KMeans"/>. Which columns the rows have, the host's card may say.</remarks>
    public static IModelCodec<KMeansModel> KMeans { get; } = new KMeansCodec();

    /// <summary>Collaborative models of one kind, with their titles.</summary>
    /// <param name="kind">The kind: <see cref="Training.Interactions.IInteractionModel.Name"/> of the model.</param>
    /// <returns>How they are written.</returns>
    /// <exception cref="ArgumentException">There is no such kind of the library.</exception>
    public static IModelCodec<TitleModel> Collaborative(string kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return TitleModelCodecs.Find(kind)
            ?? throw new ArgumentException($"'{kind}' is no kind of collaborative model.", nameof(kind));
    }

    /// <summary>Reads the model of a file, whatever of the library's kinds it is.</summary>
    /// <param name="file">The file.</param>
    /// <returns>The model; null if the kind is a host's own.</returns>
    /// <exception cref="ModelFormatException">Its content makes no model of its kind.</exception>
    public static object? Decode(ModelFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Card.Kind switch
        {
            ModelKinds.Linear => file.Decode(Linear),
            ModelKinds.Trees => file.Decode(Trees),
            ModelKinds.ItemFactors => file.Decode(ItemFactors),
            ModelKinds.ItemNeighbours => file.Decode(ItemNeighbours),
            ModelKinds.Calibrator => file.Decode(Calibrator),
            ModelKinds.Rfm => file.Decode(Rfm),
            ModelKinds.KMeans => file.Decode(KMeans),
            _ => TitleModelCodecs.Find(file.Card.Kind) is { } codec ? file.Decode(codec) : null,
        };
    }
}
