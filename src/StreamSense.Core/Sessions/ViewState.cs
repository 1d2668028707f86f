namespace StreamSense.Core.Sessions;

/// <summary>The exclusive states of a view, in the order in which the first that holds wins.</summary>
public enum ViewState : byte
{
    /// <summary>It has ended.</summary>
    Ended = 0,

    /// <summary>A break or an ad is open.</summary>
    Ad = 1,

    /// <summary>It is paused.</summary>
    Paused = 2,

    /// <summary>No content frame yet.</summary>
    Starting = 3,

    /// <summary>A seek is open, or a buffering that is no stall.</summary>
    Seeking = 4,

    /// <summary>A buffering is open that began while playing: a stall, if it is long enough.</summary>
    Rebuffering = 5,

    /// <summary>Content plays.</summary>
    Playing = 6,
}
