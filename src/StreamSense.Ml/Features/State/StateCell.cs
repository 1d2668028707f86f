using StreamSense.Core.Events;

namespace StreamSense.Ml.Features.State;

/// <summary>A run of words in a row that one rule keeps.</summary>
/// <remarks>All zero is the state of nothing. Immutable once its place is set; the words are the row's.</remarks>
internal abstract class StateCell
{
    /// <summary>Where its words begin in the row.</summary>
    public int Offset { get; set; }

    /// <summary>The purposes without which it keeps nothing.</summary>
    public ConsentPurposes Purposes { get; init; }

    /// <summary>How many words it has.</summary>
    public abstract int Words { get; }

    /// <summary>Whether a vector needs all of its words of each candidate: they stand together at the front of the row.</summary>
    public virtual bool IsHot => true;

    /// <summary>The selectors that it listens to.</summary>
    public abstract ReadOnlySpan<int> Selectors { get; }

    /// <summary>Takes what happened.</summary>
    /// <param name="cell">Its words.</param>
    /// <param name="occurrence">What happened.</param>
    /// <param name="weights">What each selector counts of it, NaN where it is not taken.</param>
    public abstract void Update(Span<long> cell, in Occurrence occurrence, ReadOnlySpan<double> weights);

    /// <summary>Adds what another row knows.</summary>
    /// <param name="cell">Its words.</param>
    /// <param name="other">Those of the other row.</param>
    public abstract void Merge(Span<long> cell, ReadOnlySpan<long> other);

    /// <summary>Writes down what the catalogue says of the row's title.</summary>
    public virtual void Describe(Span<long> cell, CatalogueTitle title)
    {
    }

    /// <summary>A weight as whole millionths, in which sums are exact.</summary>
    protected static long MillionthsOf(double weight, bool retracts) => (long)Math.Round((retracts ? -weight : weight) * 1e6);
}
