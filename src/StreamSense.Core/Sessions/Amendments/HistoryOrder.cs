using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions.Amendments;

/// <summary>What places an event among those of its view.</summary>
internal readonly record struct HistoryOrder(EventTime Time, uint Sequence, EventFlags Flags, ContextId Context)
{
    public static HistoryOrder Of(in StreamEvent e) => new(e.Time, e.Sequence, e.Flags, e.Context);

    /// <summary>Whether it applies before another: by <c>seq</c> within a source, else by time; in one instant it comes after.</summary>
    public bool IsBefore(in HistoryOrder other, ContextTable contexts)
    {
        if ((Flags & other.Flags & EventFlags.HasSequence) != 0
            && ((Flags | other.Flags) & EventFlags.Broadcast) == 0
            && (Context == other.Context || contexts[Context].Source == contexts[other.Context].Source))
        {
            return Sequence < other.Sequence;
        }

        return Time < other.Time;
    }
}
