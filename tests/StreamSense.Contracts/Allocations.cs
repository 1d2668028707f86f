namespace StreamSense.Contracts;

/// <summary>Measures what code allocates on the thread that runs it.</summary>
/// <remarks>
/// A collection in the middle of a measure can shift the thread's counter by the allocation context it gives up (8 KB), so one measure
/// proves nothing. What code really allocates, it allocates in every round: the least of several rounds is free of that shift.
/// </remarks>
public static class Allocations
{
    private const int DefaultRounds = 5;

    /// <summary>The least that an action allocates.</summary>
    /// <param name="action">Does fresh work each time; the first time is not measured.</param>
    /// <param name="rounds">How many times at most it is measured; a round without any is the last, since nothing is less.</param>
    /// <returns>Bytes.</returns>
    public static long Least(Action action, int rounds = DefaultRounds)
    {
        ArgumentNullException.ThrowIfNull(action);
        action();
        long least = long.MaxValue;
        for (int round = 0; round < rounds && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Lesser(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    /// <summary>The least that an action allocates before it gives its task back; what it does later is not measured.</summary>
    /// <param name="action">Does fresh work each time; the first time is not measured.</param>
    /// <param name="rounds">How many times at most it is measured.</param>
    /// <returns>Bytes.</returns>
    public static async Task<long> LeastAsync(Func<ValueTask> action, int rounds = DefaultRounds)
    {
        ArgumentNullException.ThrowIfNull(action);
        await action();
        long least = long.MaxValue;
        for (int round = 0; round < rounds && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            ValueTask task = action();
            least = Lesser(least, GC.GetAllocatedBytesForCurrentThread() - before);
            await task;
        }

        return least;
    }

    // A shift may go either way; less than nothing was not allocated, but not measured either.
    private static long Lesser(long least, long allocated) => allocated < 0 ? least : Math.Min(least, allocated);
}
