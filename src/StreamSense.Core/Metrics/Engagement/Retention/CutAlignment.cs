namespace StreamSense.Core.Metrics.Engagement.Retention;

/// <summary>Where the content of one cut of a title stands in the next: what was taken out, and what was put in.</summary>
/// <remarks>
/// Immutable. Without changes a position stays where it is. A catalogue does not say what an edit changed; whoever made the cut does.
/// </remarks>
public sealed class CutAlignment
{
    private readonly CutChange[] _changes;

    private CutAlignment(CutChange[] changes) => _changes = changes;

    /// <summary>The same content at the same positions.</summary>
    public static CutAlignment Unchanged { get; } = new([]);

    /// <summary>The alignment with a further part taken out.</summary>
    /// <param name="from">Where it began in the earlier cut; not before the last change.</param>
    /// <param name="length">How long it was.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part begins before the last change ends, or has no length.</exception>
    public CutAlignment WithRemoved(TimeSpan from, TimeSpan length) => With(new CutChange(from, length, IsRemoval: true));

    /// <summary>The alignment with a further part put in.</summary>
    /// <param name="at">Where it stands, as a position of the earlier cut; not before the last change.</param>
    /// <param name="length">How long it is.</param>
    /// <exception cref="ArgumentOutOfRangeException">The place is before the last change's end, or the part has no length.</exception>
    public CutAlignment WithInserted(TimeSpan at, TimeSpan length) => With(new CutChange(at, length, IsRemoval: false));

    /// <summary>Where a position of the earlier cut stands in the later one.</summary>
    /// <param name="position">The position.</param>
    /// <returns>The position in the later cut; null where it was taken out.</returns>
    public TimeSpan? Map(TimeSpan position)
    {
        TimeSpan moved = position;
        foreach (CutChange change in _changes)
        {
            if (position < change.From)
            {
                break;
            }

            if (!change.IsRemoval)
            {
                moved += change.Length;
            }
            else if (position < change.From + change.Length)
            {
                return null;
            }
            else
            {
                moved -= change.Length;
            }
        }

        return moved;
    }

    private CutAlignment With(CutChange change)
    {
        TimeSpan end = _changes.Length == 0 ? TimeSpan.Zero : _changes[^1].End;
        ArgumentOutOfRangeException.ThrowIfLessThan(change.From, end, "from");
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(change.Length, TimeSpan.Zero, "length");
        return new CutAlignment([.. _changes, change]);
    }
}
