using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions.Inspection;

/// <summary>Adds nothing up: for where only the states are of interest.</summary>
internal sealed class SilentObserver : ISessionObserver
{
    public static SilentObserver Instance { get; } = new();

    public int Sign { get; set; } = 1;

    public ViewGroups GroupsOf(in ViewDimensions dimensions) => new(1, 1, 1, 1);

    public void Expect(in ViewGroups groups)
    {
    }

    public long WaitUntil(in ViewGroups groups, long end) => long.MaxValue;

    public void OnAttempt(in ViewGroups groups, EventTime time)
    {
    }

    public void OnFirstFrame(in ViewGroups groups, EventTime time)
    {
    }

    public void OnStartup(long startupMicroseconds)
    {
    }

    public void OnContentStartup(long startupMicroseconds)
    {
    }

    public void OnTime(in CreditedTime time)
    {
    }

    public void OnStartingOfPlay(in CreditedTime time)
    {
    }

    public void OnStall(in ViewGroups groups, EventTime time)
    {
    }

    public void OnFirstStall(in ViewGroups playGroups)
    {
    }

    public void OnBitrateSwitch(in ViewGroups groups, EventTime time)
    {
    }

    public void OnEnd(in ViewEnding ending)
    {
    }
}
