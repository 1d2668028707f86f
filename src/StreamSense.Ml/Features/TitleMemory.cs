using StreamSense.Core.Events;

namespace StreamSense.Ml.Features;

/// <summary>What is remembered of one title, over all viewers.</summary>
/// <remarks>Unmanaged: a row of the store's slab. Holds no viewer's data.</remarks>
public struct TitleMemory
{
    /// <summary>The title.</summary>
    public TitleId Title;

    /// <summary>Plays (views with a first content frame), fading from the first frame.</summary>
    public DecayedSum Plays;

    /// <summary>Hours watched in plays, fading from the end of the view.</summary>
    public DecayedSum WatchHours;
}
