using System.Collections.Immutable;

namespace StreamSense.Ml.Evaluation;

/// <summary>How good a model was that learnt while it was asked.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Total">Over all questions.</param>
/// <param name="KnownUsers">Over those for users who had an interaction before.</param>
/// <param name="NewItems">How many questions were after an item that nobody had had before.</param>
/// <param name="Windows">Over time; what is left over at the end is the last window.</param>
public sealed record PrequentialReport(
    string Model,
    PrequentialFigures Total,
    PrequentialFigures KnownUsers,
    int NewItems,
    ImmutableArray<PrequentialWindow> Windows);
