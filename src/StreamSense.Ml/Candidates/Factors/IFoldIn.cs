namespace StreamSense.Ml.Candidates.Factors;

/// <summary>Makes a vector for somebody of whom only a history is known.</summary>
/// <remarks>Immutable, and safe for many threads; allocates nothing.</remarks>
public interface IFoldIn
{
    /// <summary>How many numbers a vector has.</summary>
    int Dimensions { get; }

    /// <summary>How much working memory a call needs.</summary>
    /// <value>Bytes, aligned for 64-bit numbers.</value>
    int ScratchBytes { get; }

    /// <summary>Makes a vector.</summary>
    /// <param name="items">The items of the history, as places in <see cref="ItemFactors.Titles"/>; each once, at least one.</param>
    /// <param name="weights">How much each counts, above 0.</param>
    /// <param name="vector">Room for the vector.</param>
    /// <param name="scratch">Working memory, content undefined.</param>
    void Fold(ReadOnlySpan<int> items, ReadOnlySpan<float> weights, Span<float> vector, Span<byte> scratch);
}
