namespace StreamSense.Ml.Training.Boosting;

/// <summary>The histograms that a tree has at one time.</summary>
internal sealed class HistogramPool
{
    private readonly int _cells;
    private readonly int _capacity;
    private readonly Stack<AlignedBuffer<HistogramCell>> _free = new();
    private int _made;

    /// <summary>Makes a pool.</summary>
    /// <param name="cells">How many cells a histogram has.</param>
    /// <param name="maxBytes">How many bytes there may be; two histograms there always are.</param>
    /// <param name="maxLeaves">How many may be of use.</param>
    public HistogramPool(int cells, long maxBytes, int maxLeaves)
    {
        _cells = cells;
        _capacity = (int)Math.Clamp(maxBytes / Math.Max(1L, cells * 16L), 2, Math.Max(2, maxLeaves));
    }

    /// <summary>Gives a histogram, whatever is in it.</summary>
    /// <returns>Null if all are out.</returns>
    public AlignedBuffer<HistogramCell>? TryTake()
    {
        if (_free.TryPop(out AlignedBuffer<HistogramCell>? histogram))
        {
            return histogram;
        }

        return _made < _capacity ? Make() : null;
    }

    /// <summary>Takes a histogram back.</summary>
    /// <param name="histogram">It; null for none.</param>
    public void Return(AlignedBuffer<HistogramCell>? histogram)
    {
        if (histogram is not null)
        {
            _free.Push(histogram);
        }
    }

    private AlignedBuffer<HistogramCell> Make()
    {
        _made++;
        return new AlignedBuffer<HistogramCell>(_cells);
    }
}
