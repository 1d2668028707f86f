using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions;

/// <summary>Follows what the views of a shard do: what the sums of quality and audience are made of.</summary>
/// <remarks>Called on the shard's thread. Nothing is told of a view before it is an attempt.</remarks>
internal interface ISessionObserver
{
    /// <summary>
    /// Whether what is told from now on takes back, exactly, what was told before: 1 adds, as at the beginning; -1 retracts.
    /// </summary>
    int Sign { get; set; }

    /// <summary>Looks up the groups that numbers with these dimensions belong to; asked when a view's dimensions change.</summary>
    ViewGroups GroupsOf(in ViewDimensions dimensions);

    /// <summary>Something will soon be told of these groups: a hint to fetch their sums ahead.</summary>
    void Expect(in ViewGroups groups);

    /// <summary>
    /// Until when play time that comes after a run of it may wait to be told, as it goes to the same sums as the end of that run.
    /// </summary>
    /// <param name="groups">Its groups.</param>
    /// <param name="end">The end of a run that was told.</param>
    /// <returns>The last instant, in microseconds since the Unix epoch; <see cref="PlayRuns.Never"/> if it may not wait.</returns>
    long WaitUntil(in ViewGroups groups, long end);

    /// <summary>A view became an attempt.</summary>
    void OnAttempt(in ViewGroups groups, EventTime time);

    /// <summary>An attempt showed its first content frame.</summary>
    void OnFirstFrame(in ViewGroups groups, EventTime time);

    /// <summary>The startup time of a view is known, while it is still open.</summary>
    void OnStartup(long startupMicroseconds);

    /// <summary>The content startup time of a view is known, while it is still open.</summary>
    void OnContentStartup(long startupMicroseconds);

    /// <summary>A run of time is decided.</summary>
    void OnTime(in CreditedTime time);

    /// <summary>Starting time, told of by <see cref="OnTime"/> when it elapsed, turned out to be that of a play.</summary>
    void OnStartingOfPlay(in CreditedTime time);

    /// <summary>A stall counts; the dimensions and time are those of its end, when it is known to be one.</summary>
    void OnStall(in ViewGroups groups, EventTime time);

    /// <summary>A play had its first stall; the dimensions are those of its first frame, where it counts as a play.</summary>
    void OnFirstStall(in ViewGroups playGroups);

    /// <summary>The bitrate of the video changed while playing.</summary>
    void OnBitrateSwitch(in ViewGroups groups, EventTime time);

    /// <summary>An attempt ended.</summary>
    void OnEnd(in ViewEnding ending);
}
