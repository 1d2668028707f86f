using System.Collections.Immutable;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>Counts how many users took each item: the floor that every other model has to beat.</summary>
/// <remarks>There is nothing to choose, so it has no options. Memory: 4 bytes an item.</remarks>
public sealed class PopularityTrainer : IInteractionTrainer
{
    /// <inheritdoc/>
    public string Name => "popularity";

    /// <inheritdoc/>
    public IInteractionModel Train(
        InteractionMatrix data, IProgress<TrainProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ImmutableArray<float>.Builder counts = ImmutableArray.CreateBuilder<float>(data.Items);
        for (int item = 0; item < data.Items; item++)
        {
            counts.Add(data.UsersOf(item).Length);
        }

        return new PopularityModel(Name, counts.MoveToImmutable());
    }
}
