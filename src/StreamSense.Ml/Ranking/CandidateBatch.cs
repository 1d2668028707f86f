using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Ranking;

/// <summary>The candidates of one request with their features, in the caller's memory.</summary>
/// <remarks>On the stack; not to be kept. Features lie in columns, one number a candidate; NaN says missing.</remarks>
public readonly ref struct CandidateBatch
{
    /// <summary>Wraps candidates and their features.</summary>
    /// <param name="titles">The candidates.</param>
    /// <param name="features">The columns, one after another, each as long as there are candidates.</param>
    /// <param name="layout">What the columns mean.</param>
    /// <exception cref="ArgumentException">There are not exactly that many numbers.</exception>
    public CandidateBatch(ReadOnlySpan<TitleId> titles, ReadOnlySpan<float> features, FeatureLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (features.Length != titles.Length * layout.Count)
        {
            throw new ArgumentException(
                $"{titles.Length} candidates with {layout.Count} features have {titles.Length * layout.Count} numbers, "
                + $"not {features.Length}.",
                nameof(features));
        }

        Titles = titles;
        Features = features;
        Layout = layout;
    }

    /// <summary>How many candidates there are.</summary>
    public int Count => Titles.Length;

    /// <summary>The candidates.</summary>
    public ReadOnlySpan<TitleId> Titles { get; }

    /// <summary>All columns, one after another.</summary>
    public ReadOnlySpan<float> Features { get; }

    /// <summary>What the columns mean.</summary>
    public FeatureLayout Layout { get; }

    /// <summary>One feature of all candidates.</summary>
    /// <param name="index">The column.</param>
    public ReadOnlySpan<float> Column(int index) => Features.Slice(index * Count, Count);
}
