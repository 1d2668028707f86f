using StreamSense.Core.Events;

namespace StreamSense.Ml.Candidates.Histories;

/// <summary>Knows which titles a viewer took an interest in of late.</summary>
/// <remarks>All members may be used by many threads while what is remembered changes; nothing is allocated.</remarks>
public interface IViewerHistory
{
    /// <summary>How many titles of a viewer are remembered at most.</summary>
    int Capacity { get; }

    /// <summary>Reads a viewer's titles.</summary>
    /// <remarks>Whether they may be read, by the viewer's consent, is for the caller to look at.</remarks>
    /// <param name="viewer">The viewer.</param>
    /// <param name="destination">Room for the titles, the latest first, each once.</param>
    /// <returns>How many there are, at most the room.</returns>
    int Read(ViewerId viewer, Span<HistoryEntry> destination);
}
