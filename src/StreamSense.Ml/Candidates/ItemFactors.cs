using System.Collections.Immutable;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Candidates;

/// <summary>Titles as vectors, of which the nearest to a viewer's vector by dot product are wanted.</summary>
/// <remarks>What matrix factorisation fits, and what a host's own embeddings are. Immutable, and safe for many threads.</remarks>
public sealed class ItemFactors
{
    /// <summary>Makes factors.</summary>
    /// <param name="titles">The titles.</param>
    /// <param name="dimensions">How many numbers a title has.</param>
    /// <param name="values">The numbers, row after row: <c>titles × dimensions</c>. They are copied.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a number is not finite.</exception>
    public ItemFactors(ImmutableArray<TitleId> titles, int dimensions, ReadOnlySpan<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        if (values.Length != titles.Length * dimensions)
        {
            throw new ArgumentException(
                $"{titles.Length} titles of {dimensions} dimensions have {titles.Length * dimensions} numbers, not {values.Length}.",
                nameof(values));
        }

        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                throw new ArgumentException("A factor is not finite.", nameof(values));
            }
        }

        Titles = titles;
        Dimensions = dimensions;
        Values = [.. values];
    }

    /// <summary>The titles.</summary>
    public ImmutableArray<TitleId> Titles { get; }

    /// <summary>How many numbers a title has.</summary>
    public int Dimensions { get; }

    /// <summary>The numbers, row after row.</summary>
    public ImmutableArray<float> Values { get; }
}
