using StreamSense.Ml.Candidates;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Trees;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Models.Serving;

/// <summary>Makes a ranker of a model file, for the features that there are to serve from.</summary>
/// <remarks>
/// Knows the kinds of this library that can score candidates by their features (<c>linear</c>, <c>trees</c>) or by the viewer's vector,
/// which comes with the request (<c>item-factors</c>, <c>ials</c>, <c>bpr</c>, whose vector has a 1 behind it; see
/// <see cref="FactorRanker"/>); a host adds its own. The other collaborative kinds score all titles for a history, which is a source of
/// candidates and no ranker: they are refused. Thread-safe once all kinds are added.
/// </remarks>
public sealed class RankerLoader
{
    private readonly Dictionary<string, Func<ModelFile, FeatureLayout, IRanker>> _makers = new(StringComparer.Ordinal)
    {
        [ModelKinds.Linear] = MakeLinear,
        [ModelKinds.Trees] = (file, layout) => new TreeRanker(
            file.Decode(ModelCodecs.Trees), file.Card.Name, file.Card.Version, layout, file.Card.TrainedAt),
        [ModelKinds.ItemFactors] = (file, layout) => MakeFactors(file.Decode(ModelCodecs.ItemFactors), file.Card, layout),
        [ModelKinds.Ials] = MakeCollaborative,
        [ModelKinds.Bpr] = MakeCollaborative,
    };

    /// <summary>Adds a kind, or replaces how one is made.</summary>
    /// <param name="codec">How models of the kind are read.</param>
    /// <param name="make">Makes a ranker of a model, which model it is, and the layout there is.</param>
    /// <typeparam name="T">The model.</typeparam>
    /// <returns>This loader.</returns>
    public RankerLoader Add<T>(IModelCodec<T> codec, Func<T, ModelInfo, FeatureLayout, IRanker> make)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(make);
        _makers[codec.Kind] = (file, layout) => make(file.Decode(codec), InfoOf(file.Card, layout), layout);
        return this;
    }

    /// <summary>Makes the ranker of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="layout">The features that there are.</param>
    /// <returns>The ranker.</returns>
    /// <exception cref="ModelMismatchException">
    /// The model reads other features: the message and <see cref="ModelMismatchException.Difference"/> say which are missing, not known
    /// to it, or changed. Or its kind gives no ranker.
    /// </exception>
    /// <exception cref="ModelFormatException">The content makes no model of its kind.</exception>
    public IRanker Load(ModelFile file, FeatureLayout layout)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(layout);
        if (!_makers.TryGetValue(file.Card.Kind, out Func<ModelFile, FeatureLayout, IRanker>? make))
        {
            throw new ModelMismatchException(
                $"{file.Card} is of the kind '{file.Card.Kind}', which makes no ranker; there are: "
                + $"{string.Join(", ", _makers.Keys.Order(StringComparer.Ordinal))}.");
        }

        if (file.Card.Layout?.DifferenceTo(layout) is { } difference)
        {
            throw new ModelMismatchException($"{file.Card} reads other features than there are: {difference}.", difference);
        }

        try
        {
            return make(file, layout);
        }
        catch (ArgumentException exception)
        {
            throw new ModelMismatchException($"{file.Card} makes no ranker here: {exception.Message}", innerException: exception);
        }
    }

    private static ModelInfo InfoOf(ModelCard card, FeatureLayout layout) => new(card.Name, card.Version, layout.Hash, card.TrainedAt);

    private static FactorRanker MakeFactors(ItemFactors factors, ModelCard card, FeatureLayout layout) =>
        new(factors, InfoOf(card, layout), layout);

    private static FactorRanker MakeCollaborative(ModelFile file, FeatureLayout layout)
    {
        TitleModel titles = file.Decode(ModelCodecs.Collaborative(file.Card.Kind));
        ItemFactors factors = titles.Model is IalsModel ials ? ials.ToFactors(titles.Ids) : ((BprModel)titles.Model).ToFactors(titles.Ids);
        return MakeFactors(factors, file.Card, layout);
    }

    private static LinearRanker MakeLinear(ModelFile file, FeatureLayout layout) => new(file.Decode(ModelCodecs.Linear), layout);
}
