using System.Collections.Immutable;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Candidates.Factors;

/// <summary>Finds the items with the greatest dot products.</summary>
/// <remarks>Immutable, and safe for many threads; allocates nothing.</remarks>
public interface IFactorIndex
{
    /// <summary>The most items that one call gives.</summary>
    const int MaxTop = 4096;

    /// <summary>The titles of the items.</summary>
    ImmutableArray<TitleId> Titles { get; }

    /// <summary>How many numbers a vector has.</summary>
    int Dimensions { get; }

    /// <summary>Finds the best.</summary>
    /// <param name="vector">The vector of who asks; finite.</param>
    /// <param name="destination">Room for the items, the best first, equal ones by their place; of more room than
    /// <see cref="MaxTop"/> the rest stays empty.</param>
    /// <returns>How many were found.</returns>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    int Top(ReadOnlySpan<float> vector, Span<ScoredItem> destination);
}
