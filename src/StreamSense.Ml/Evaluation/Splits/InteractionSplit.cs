using System.Collections.Immutable;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Evaluation.Splits;

/// <summary>Interactions to learn from and interactions to be judged by.</summary>
/// <param name="Train">To learn from, in the order in which they were given.</param>
/// <param name="Test">To be judged by, in the order in which they were given.</param>
public sealed record InteractionSplit(ImmutableArray<Interaction> Train, ImmutableArray<Interaction> Test)
{
    /// <summary>Both as matrices of one size.</summary>
    /// <param name="users">How many users there are.</param>
    /// <param name="items">How many items there are.</param>
    /// <exception cref="ArgumentException">An interaction names a user or item that is not there.</exception>
    public (InteractionMatrix Train, InteractionMatrix Test) ToMatrices(int users, int items) =>
        (new InteractionMatrix(users, items, Train), new InteractionMatrix(users, items, Test));
}
