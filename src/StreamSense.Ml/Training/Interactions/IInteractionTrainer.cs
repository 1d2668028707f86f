namespace StreamSense.Ml.Training.Interactions;

/// <summary>Fits a model to interactions.</summary>
/// <remarks>Deterministic by its options, its seed among them: the same data give the same bits, on any number of threads.</remarks>
public interface IInteractionTrainer
{
    /// <summary>The name of the kind: <c>ease</c>, <c>ials</c>.</summary>
    string Name { get; }

    /// <summary>Fits a model.</summary>
    /// <param name="data">The interactions.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellation">Ends it early, with an exception.</param>
    /// <returns>The model.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    IInteractionModel Train(InteractionMatrix data, IProgress<TrainProgress>? progress = null, CancellationToken cancellation = default);
}
