namespace StreamSense.Core.Buffering;

/// <summary>How a thread passes the time until a buffer has data or room.</summary>
/// <remarks>Immutable; any number of threads may use one.</remarks>
public abstract class WaitStrategy
{
    // About 0.6 µs on any processor: the runtime normalises the iteration.
    private const int PauseIterations = 16;
    private const int PausesOfSpin = 20;
    private const int YieldsBeforeSleep = 8;
    private const int YieldsOfYield = 24;

    // Fewer events than this a poll mean that the reader treads on the writer's heels.
    private const int FewEvents = 32;

    private WaitStrategy()
    {
    }

    /// <summary>Burns a core: the lowest latency, for a machine with cores to spare.</summary>
    public static WaitStrategy Spin { get; } = new Spinning();

    /// <summary>Offers its core to other threads between looks: low latency, and idle time costs a core that others may take.</summary>
    /// <remarks>For more busy threads than cores, where whoever is waited for may itself be waiting for this very core.</remarks>
    public static WaitStrategy Yield { get; } = new Yielding();

    /// <summary>Spins and yields a moment, then sleeps until it is signalled: an idle thread uses no CPU.</summary>
    public static WaitStrategy Block { get; } = new Blocking();

    /// <summary>Waits a while for a source to become ready.</summary>
    /// <param name="source">What is waited for.</param>
    /// <param name="atMost">How long at most to sleep; spinning and yielding return after some microseconds whatever it says.</param>
    /// <returns>Whether the source is ready; if not, the caller looks whether it shall stop, and asks again.</returns>
    public abstract bool Wait(IWaitable source, TimeSpan atMost);

    /// <summary>To be called after each successful poll of a buffer: pauses a moment (some 0.6 µs) if the poll gave little.</summary>
    /// <remarks>
    /// A reader that is faster than its writer takes events one at a time, and each costs both of them a trip of the shared cache line.
    /// A pause without touching that line lets a batch grow, and more than doubles the throughput.
    /// </remarks>
    /// <param name="taken">How many events the poll gave.</param>
    public static void Pace(int taken)
    {
        if (taken < FewEvents)
        {
            Thread.SpinWait(PauseIterations);
        }
    }

    private static bool SpinFor(IWaitable source, int pauses)
    {
        for (int i = 0; i < pauses; i++)
        {
            if (source.IsReady)
            {
                return true;
            }

            Thread.SpinWait(PauseIterations);
        }

        return source.IsReady;
    }

    private static bool YieldFor(IWaitable source, int yields)
    {
        for (int i = 0; i < yields; i++)
        {
            Thread.Yield();
            if (source.IsReady)
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Spinning : WaitStrategy
    {
        public override bool Wait(IWaitable source, TimeSpan atMost) => SpinFor(source, PausesOfSpin);
    }

    private sealed class Yielding : WaitStrategy
    {
        public override bool Wait(IWaitable source, TimeSpan atMost) => SpinFor(source, pauses: 1) || YieldFor(source, YieldsOfYield);
    }

    private sealed class Blocking : WaitStrategy
    {
        public override bool Wait(IWaitable source, TimeSpan atMost) =>
            SpinFor(source, PausesOfSpin) || YieldFor(source, YieldsBeforeSleep) || source.Gate.Wait(source, atMost);
    }
}
