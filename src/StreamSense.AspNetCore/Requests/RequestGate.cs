namespace StreamSense.AspNetCore.Requests;

/// <summary>Bounds how many requests are inside at once; who finds it full is sent away, not queued.</summary>
/// <remarks>Any thread may use it.</remarks>
/// <param name="capacity">How many may be inside.</param>
internal sealed class RequestGate(int capacity)
{
    private int _inside;
    private long _refused;

    /// <summary>How many are inside.</summary>
    public int Inside => Volatile.Read(ref _inside);

    /// <summary>How many were sent away.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Enters if there is room; who entered must <see cref="Leave"/>.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _inside) <= capacity)
        {
            return true;
        }

        Interlocked.Decrement(ref _inside);
        Interlocked.Increment(ref _refused);
        return false;
    }

    /// <summary>Makes room for the next.</summary>
    public void Leave() => Interlocked.Decrement(ref _inside);
}
