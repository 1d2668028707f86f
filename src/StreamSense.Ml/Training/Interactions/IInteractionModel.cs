namespace StreamSense.Ml.Training.Interactions;

/// <summary>A fitted model that gives each item a score for somebody with a history.</summary>
/// <remarks>Immutable, and safe for many threads. Scores of one call are comparable with each other, not across calls.</remarks>
public interface IInteractionModel
{
    /// <summary>The name of the kind: <c>ease</c>, <c>ials</c>.</summary>
    string Name { get; }

    /// <summary>How many items the model knows.</summary>
    int Items { get; }

    /// <summary>How many bytes of scratch a call needs.</summary>
    int ScratchBytes { get; }

    /// <summary>Scores every item.</summary>
    /// <param name="user">The user's number in the training data; -1 for somebody who was not there, who is known by the history
    /// alone.</param>
    /// <param name="history">The items that the user has, ascending; the training row of a user of the training data.</param>
    /// <param name="values">Their values, in the order of <paramref name="history"/>.</param>
    /// <param name="scores">Room for <see cref="Items"/> scores; never NaN. What is in the history is scored too: leaving it out is the
    /// caller's.</param>
    /// <param name="scratch">At least <see cref="ScratchBytes"/> bytes.</param>
    void Score(int user, ReadOnlySpan<int> history, ReadOnlySpan<float> values, Span<float> scores, Span<byte> scratch);
}
