using System.Collections.Immutable;

namespace StreamSense.Core.Metrics.Engagement.Retention;

/// <summary>How a title kept its viewers.</summary>
/// <remarks>Immutable.</remarks>
public sealed record TitleRetention
{
    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>Over all its cuts, each in parts of its own length.</summary>
    public required RetentionCurve Curve { get; init; }

    /// <summary>Of each cut, the one with most views first, then by name.</summary>
    public required IReadOnlyList<EditRetention> Edits { get; init; }

    /// <summary>
    /// The rank of <see cref="RetentionCurve.Absolute"/> among the titles of similar length, by part: 0 is the lowest, 0.5 the median, 1
    /// the highest. Empty where the title has too few views, or no other title is like it.
    /// </summary>
    public ImmutableArray<double> Relative { get; init; } = [];

    /// <summary>How many titles of similar length it was ranked among, itself included; 0 where it was not ranked.</summary>
    public int RankedTitles { get; init; }

    /// <summary>The steepest drops, those with too little support left out.</summary>
    public required IReadOnlyList<RetentionDrop> Drops { get; init; }

    /// <summary>Compares two cuts of the title.</summary>
    /// <param name="before">The earlier one; null for the views whose cut the catalogue did not name.</param>
    /// <param name="after">The later one; as before.</param>
    /// <param name="alignment">What the cut changed; null for nothing but the end.</param>
    /// <returns>The comparison; null if one of the cuts has no views.</returns>
    public RetentionComparison? Compare(string? before, string? after, CutAlignment? alignment = null) =>
        Find(before) is { } earlier && Find(after) is { } later ? RetentionComparison.Of(earlier.Curve, later.Curve, alignment) : null;

    private EditRetention? Find(string? edit)
    {
        foreach (EditRetention candidate in Edits)
        {
            if (string.Equals(candidate.Edit, edit, StringComparison.Ordinal))
            {
                return candidate;
            }
        }

        return null;
    }
}
