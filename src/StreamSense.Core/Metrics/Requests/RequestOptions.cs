namespace StreamSense.Core.Metrics.Requests;

/// <summary>How much is remembered of requests to CDNs.</summary>
/// <remarks>Read once, when the stage is made; later changes have no effect.</remarks>
public sealed class RequestOptions
{
    /// <summary>How many values of each dimension have metrics of their own; further ones share those of <c>other</c>.</summary>
    /// <value>1,000; a value takes about 400 bytes and its quantile sketch.</value>
    public int MaxGroupValues { get; set; } = 1_000;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate() => ArgumentOutOfRangeException.ThrowIfLessThan(MaxGroupValues, 1);
}
