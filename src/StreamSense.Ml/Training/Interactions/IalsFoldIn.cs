using StreamSense.Ml.Candidates.Factors;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>The vector that an iALS model gives to a history, as it gave its users theirs.</summary>
/// <remarks>For <see cref="HistoryVector"/> over <see cref="IalsModel.ToFactors"/> of the same model: the same unobserved weight, and a
/// regularisation that grows with the history as it did in training. Weights are left aside, as the model does. Immutable, and safe for
/// many threads.</remarks>
/// <param name="model">The model.</param>
public sealed class IalsFoldIn(IalsModel model) : IFoldIn
{
    private readonly IalsModel _model = model ?? throw new ArgumentNullException(nameof(model));

    /// <inheritdoc/>
    public int Dimensions => _model.Shape.Dimensions;

    /// <inheritdoc/>
    public int ScratchBytes => _model.ScratchBytes;

    /// <inheritdoc/>
    public void Fold(ReadOnlySpan<int> items, ReadOnlySpan<float> weights, Span<float> vector, Span<byte> scratch) =>
        _model.FoldIn(items, vector, scratch);
}
