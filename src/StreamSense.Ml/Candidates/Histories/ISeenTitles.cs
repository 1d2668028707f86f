using StreamSense.Core.Events;

namespace StreamSense.Ml.Candidates.Histories;

/// <summary>Knows which titles a viewer took an interest in before those that a history still tells of.</summary>
/// <remarks>May be used by many threads while what is remembered changes; nothing is allocated.</remarks>
public interface ISeenTitles
{
    /// <summary>Reads what a viewer took an interest in longer ago.</summary>
    /// <remarks>To be asked after the history itself: a title leaves it only when it is here. Whether it may be read, by the viewer's
    /// consent, is for the caller to look at.</remarks>
    /// <param name="viewer">The viewer.</param>
    /// <param name="seen">The titles.</param>
    /// <returns>Whether there are any.</returns>
    bool TryReadSeen(ViewerId viewer, out SeenTitles seen);
}
