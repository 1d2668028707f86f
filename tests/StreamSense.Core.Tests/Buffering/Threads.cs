namespace StreamSense.Core.Tests.Buffering;

/// <summary>Runs pieces of work at once, each on a thread of its own, and passes on what they throw.</summary>
internal static class Threads
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static void Run(params ReadOnlySpan<Action> work)
    {
        var running = new List<Task>();
        foreach (Action action in work)
        {
            running.Add(Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        }

        // The first that fails ends the wait: the others may wait for it in vain.
        var open = new List<Task>(running);
        long deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (open.Count > 0)
        {
            int done = Task.WaitAny([.. open], (int)Math.Max(0, deadline - Environment.TickCount64));
            Assert.True(done >= 0, "The threads did not come to an end.");
            open[done].GetAwaiter().GetResult();
            open.RemoveAt(done);
        }
    }
}
