namespace StreamSense.Core.Metrics.Cubes;

/// <summary>Hands consistent roots from the writer to any number of readers; the writer never waits.</summary>
/// <remarks>
/// <para>The version is odd while the writer is at work. A reader that finds it even takes the root and begins a new epoch; if the version
/// is still the same, no work began in between, and the next work reads the new epoch (each side writes, then passes a full fence, then
/// reads what the other wrote). A reader that finds the writer at work leaves a request, which the writer serves when the work at
/// hand is done. So a reader waits for one session at most, and the writer spends a fence a session.</para>
/// <para>A root that was handed out has only nodes of epochs before the next work's, so that nobody changes them any more.</para>
/// </remarks>
internal sealed class CubeGate(CubeRoot root)
{
    private CubeRoot _root = root;
    private Request? _requests;
    private long _version;
    private long _epoch = 1;

    /// <summary>Begins a piece of work (writer).</summary>
    /// <returns>The epoch of what it makes and may change.</returns>
    public long Enter()
    {
        Volatile.Write(ref _version, _version + 1);
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref _epoch);
    }

    /// <summary>Ends it (writer).</summary>
    public void Exit(CubeRoot newRoot)
    {
        Volatile.Write(ref _root, newRoot);
        if (Volatile.Read(ref _requests) is not null)
        {
            Serve(newRoot);
        }

        Volatile.Write(ref _version, _version + 1);
    }

    /// <summary>A root as it was between two pieces of work, the last one begun before the call included (any thread).</summary>
    public CubeRoot Take()
    {
        Request? request = null;
        long idleVersion = Volatile.Read(ref _version);
        var spin = default(SpinWait);
        while (true)
        {
            long version = Volatile.Read(ref _version);
            if ((version & 1) == 0 && version == idleVersion)
            {
                CubeRoot found = Volatile.Read(ref _root);
                Interlocked.Increment(ref _epoch);
                if (Volatile.Read(ref _version) == version)
                {
                    return found;
                }
            }

            idleVersion = version;
            if (request is null)
            {
                request = new Request();
                Push(request);
            }
            else if (Volatile.Read(ref request.Root) is { } served)
            {
                return served;
            }

            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    private void Serve(CubeRoot newRoot)
    {
        Request? request = Interlocked.Exchange(ref _requests, null);
        Interlocked.Increment(ref _epoch);
        for (; request is not null; request = request.Next)
        {
            Volatile.Write(ref request.Root, newRoot);
        }
    }

    private void Push(Request request)
    {
        Request? head;
        do
        {
            head = Volatile.Read(ref _requests);
            request.Next = head;
        }
        while (Interlocked.CompareExchange(ref _requests, request, head) != head);
    }

    private sealed class Request
    {
        public CubeRoot? Root;
        public Request? Next;
    }
}
