using StreamSense.Core.Sketches;

namespace StreamSense.Core.Metrics.Requests;

/// <summary>The sums and the sketch of one group of requests.</summary>
internal sealed class RequestCell
{
    // The sketch counts thousandths of a request: a weight of 33.3 is no whole number.
    private const long WeightsInCount = 1_000;

    private RequestSums _sums;

    public ref readonly RequestSums Sums => ref _sums;

    /// <summary>Milliseconds to the first byte, each counted a thousand times its weight.</summary>
    public QuantileSketch Ttfb { get; } = new();

    public void Add(in RequestSums sums, int ttfbMilliseconds, long weight)
    {
        _sums.Add(sums);
        if (ttfbMilliseconds >= 0)
        {
            Ttfb.Add(ttfbMilliseconds, weight / WeightsInCount);
        }
    }

    public void Merge(RequestCell other)
    {
        _sums.Add(other._sums);
        Ttfb.Merge(other.Ttfb);
    }

    public RequestCell Copy()
    {
        var copy = new RequestCell();
        copy.Merge(this);
        return copy;
    }
}
