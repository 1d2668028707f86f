namespace StreamSense.Ml.Training;

/// <summary>Spreads work over threads so that its result does not depend on how many there are.</summary>
/// <remarks>
/// The work is cut into chunks whose bounds depend on the work alone; each chunk is done by one thread from start to end, and no chunk may
/// read what another writes. Which thread does which is left to chance, and cannot be seen in the result.
/// </remarks>
internal static class FixedChunks
{
    /// <summary>Does the work.</summary>
    /// <typeparam name="TScratch">What a thread needs for itself.</typeparam>
    /// <param name="count">How many things there are to do.</param>
    /// <param name="size">How many of them make a chunk.</param>
    /// <param name="threads">How many threads at most.</param>
    /// <param name="makeScratch">Makes what a thread needs for itself.</param>
    /// <param name="work">Does the things from a number up to but without another.</param>
    /// <param name="cancellation">Ends it early, between chunks.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Run<TScratch>(
        int count, int size, int threads, Func<TScratch> makeScratch, Action<int, int, TScratch> work, CancellationToken cancellation)
    {
        int chunks = (int)(((long)count + size - 1) / size);
        if (threads == 1 || chunks <= 1)
        {
            TScratch scratch = makeScratch();
            for (int chunk = 0; chunk < chunks; chunk++)
            {
                cancellation.ThrowIfCancellationRequested();
                work(chunk * size, (int)Math.Min(((long)chunk + 1) * size, count), scratch);
            }

            return;
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        int next = -1;
        Parallel.For(0, Math.Min(threads, chunks), options, _ =>
        {
            TScratch scratch = makeScratch();
            for (int chunk = Interlocked.Increment(ref next); chunk < chunks; chunk = Interlocked.Increment(ref next))
            {
                cancellation.ThrowIfCancellationRequested();
                work(chunk * size, (int)Math.Min(((long)chunk + 1) * size, count), scratch);
            }
        });
    }
}
