namespace StreamSense.Core.Sessions.Amendments;

/// <summary>Where the history of one view lies: up to two stretches of its events, each after a copy of its row.</summary>
/// <remarks>
/// There is one stretch until it is as long as the window; then the row is copied and a second one begins. When that is as long, the
/// first is given up. So a view can be amended for at least one window and at most two.
/// </remarks>
internal struct ViewTrail
{
    /// <summary>The events since the older copy, and since the newer one; chains of <see cref="HistorySlot"/>.</summary>
    public int OldEvents;
    public int NewEvents;
    public int OldCount;
    public int NewCount;

    /// <summary>The copies of the row: chains of one; 0 where there is none, which for the older one means the view's beginning.</summary>
    public int OldRow;
    public int NewRow;

    /// <summary>When the stretch in use began.</summary>
    public long Since;

    /// <summary>The last event, and the envelope that was written last.</summary>
    public HistoryOrder Last;
    public HistoryEnvelope Envelope;

    /// <summary>Whether anything is kept, and whether the events of the stretch in use have an envelope yet.</summary>
    public bool IsKept;
    public bool HasEnvelope;

    public readonly bool HasNew => NewRow != 0;

    public readonly int Count => OldCount + NewCount;
}
