using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions.Inspection;

/// <summary>Adds nothing up: for where only the states are of interest.</summary>
internal sealed class SilentObserver : ISessionObserver
{
    public static SilentObserver Instance { get; } = new();

    public void OnAttempt(in ViewDimensions dimensions, EventTime time)
    {
    }

    public void OnFirstFrame(in ViewDimensions dimensions, EventTime time)
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

    public void OnStall(in ViewDimensions dimensions, EventTime time)
    {
    }

    public void OnFirstStall(in ViewDimensions playDimensions)
    {
    }

    public void OnBitrateSwitch(in ViewDimensions dimensions, EventTime time)
    {
    }

    public void OnEnd(in ViewEnding ending)
    {
    }
}
