using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions;

/// <summary>Follows what the views of a shard do: what the sums of quality and audience are made of.</summary>
/// <remarks>Called on the shard's thread. Nothing is told of a view before it is an attempt.</remarks>
internal interface ISessionObserver
{
    /// <summary>A view became an attempt.</summary>
    void OnAttempt(in ViewDimensions dimensions, EventTime time);

    /// <summary>An attempt showed its first content frame.</summary>
    void OnFirstFrame(in ViewDimensions dimensions, EventTime time);

    /// <summary>The startup time of a view is known, while it is still open.</summary>
    void OnStartup(long startupMicroseconds);

    /// <summary>The content startup time of a view is known, while it is still open.</summary>
    void OnContentStartup(long startupMicroseconds);

    /// <summary>A run of time is decided.</summary>
    void OnTime(in CreditedTime time);

    /// <summary>Starting time, told of by <see cref="OnTime"/> when it elapsed, turned out to be that of a play.</summary>
    void OnStartingOfPlay(in CreditedTime time);

    /// <summary>A stall counts; the dimensions and time are those of its beginning.</summary>
    void OnStall(in ViewDimensions dimensions, EventTime time, bool firstOfView);

    /// <summary>The bitrate of the video changed while playing.</summary>
    void OnBitrateSwitch(in ViewDimensions dimensions, EventTime time);

    /// <summary>An attempt ended.</summary>
    void OnEnd(in ViewEnding ending);
}
