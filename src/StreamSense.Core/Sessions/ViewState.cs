namespace StreamSense.Core.Sessions;

/// <summary>The exclusive states of a view, in the order in which the first that holds wins.</summary>
internal enum ViewState : byte
{
    Ended = 0,

    /// <summary>A break or an ad is open.</summary>
    Ad = 1,

    Paused = 2,

    /// <summary>No content frame yet.</summary>
    Starting = 3,

    /// <summary>A seek is open, or a buffering that is no stall.</summary>
    Seeking = 4,

    /// <summary>A buffering is open that began while playing: a stall, if it is long enough.</summary>
    Rebuffering = 5,

    Playing = 6,
}
