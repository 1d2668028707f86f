namespace StreamSense.Core.Delivery;

/// <summary>What a delivery waits for after a step.</summary>
/// <param name="Kind">What to wait for.</param>
/// <param name="Delay">How long at most; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
internal readonly record struct NextStep(NextStep.Wait Kind, TimeSpan Delay)
{
    public enum Wait : byte
    {
        /// <summary>Nothing: there is more to do.</summary>
        Nothing = 0,

        /// <summary>More events, at most for the delay.</summary>
        Events = 1,

        /// <summary>The delay.</summary>
        Time = 2,

        /// <summary>There is nothing left to do, ever.</summary>
        Finished = 3,
    }

    public static NextStep Again => default;

    public static NextStep Finished => new(Wait.Finished, TimeSpan.Zero);
}
