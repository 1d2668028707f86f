namespace StreamSense.Ml.Training.Boosting;

/// <summary>Shares independent pieces of work among threads.</summary>
/// <remarks>Every piece writes places of its own, so that the result does not depend on who does it.</remarks>
internal sealed class WorkSharing
{
    private const long LeastWork = 50_000;
    private readonly ParallelOptions? _parallel;

    /// <summary>Takes a number of threads.</summary>
    /// <param name="threads">How many; 0 for as many as there are processors.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public WorkSharing(int threads, CancellationToken cancellation)
    {
        int count = threads == 0 ? Environment.ProcessorCount : threads;
        _parallel = count == 1 ? null : new ParallelOptions { MaxDegreeOfParallelism = count, CancellationToken = cancellation };
    }

    /// <summary>Does each piece once.</summary>
    /// <param name="pieces">How many pieces there are.</param>
    /// <param name="work">How much there is to do in all, in units of about a nanosecond: a little is not worth waking a thread.</param>
    /// <param name="piece">Does one.</param>
    public void Run(int pieces, long work, Action<int> piece)
    {
        if (_parallel is null || pieces < 2 || work < LeastWork)
        {
            for (int i = 0; i < pieces; i++)
            {
                piece(i);
            }

            return;
        }

        Parallel.For(0, pieces, _parallel, piece);
    }
}
