using StreamSense.Core.Events;

namespace StreamSense.Ml.Candidates.Histories;

/// <summary>A title that somebody took an interest in.</summary>
/// <param name="Title">The title.</param>
/// <param name="Time">When last.</param>
/// <param name="Weight">How much it was liked, from 0 (not at all) to 1.</param>
public readonly record struct HistoryEntry(TitleId Title, EventTime Time, float Weight)
{
    /// <summary>Whether a title is among some entries.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="title">The title.</param>
    internal static bool Holds(ReadOnlySpan<HistoryEntry> entries, TitleId title)
    {
        foreach (ref readonly HistoryEntry entry in entries)
        {
            if (entry.Title == title)
            {
                return true;
            }
        }

        return false;
    }
}
