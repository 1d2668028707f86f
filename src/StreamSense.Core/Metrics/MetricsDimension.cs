namespace StreamSense.Core.Metrics;

/// <summary>What the metrics can be broken down by.</summary>
public enum MetricsDimension : byte
{
    /// <summary>Not broken down: the whole.</summary>
    None = 0,

    /// <summary>By title.</summary>
    Title = 1,

    /// <summary>By CDN.</summary>
    Cdn = 2,

    /// <summary>By country.</summary>
    Country = 3,

    /// <summary>By kind of device.</summary>
    DeviceKind = 4,
}
