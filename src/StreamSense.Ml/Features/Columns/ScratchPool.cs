namespace StreamSense.Ml.Features.Columns;

/// <summary>Keeps scratch for as many readers as there were at once, up to a bound.</summary>
/// <remarks>Any thread; takes no lock. When all of it is in use, a reader gets some of its own.</remarks>
internal sealed class ScratchPool(int most, Func<FillScratch> make)
{
    private readonly FillScratch?[] _idle = new FillScratch?[Math.Max(1, most)];

    /// <summary>Takes scratch.</summary>
    public FillScratch Rent()
    {
        for (int i = 0; i < _idle.Length; i++)
        {
            if (Volatile.Read(ref _idle[i]) is not null && Interlocked.Exchange(ref _idle[i], null) is { } idle)
            {
                return idle;
            }
        }

        return make();
    }

    /// <summary>Gives scratch back; what does not find a place is left to the collector.</summary>
    public void Return(FillScratch scratch)
    {
        for (int i = 0; i < most; i++)
        {
            if (Volatile.Read(ref _idle[i]) is null && Interlocked.CompareExchange(ref _idle[i], scratch, null) is null)
            {
                return;
            }
        }
    }
}
