using StreamSense.Core.Sketches;

namespace StreamSense.Core.Metrics;

/// <summary>Quantiles of startup times, by nearest rank and within 1 %; null if no view had one.</summary>
/// <param name="P50">Half of the views started as fast or faster.</param>
/// <param name="P95">95 of 100 views started as fast or faster.</param>
public readonly record struct StartupQuantiles(TimeSpan? P50, TimeSpan? P95)
{
    internal static StartupQuantiles Of(QuantileSketch sketch) => new(At(sketch, 0.5), At(sketch, 0.95));

    private static TimeSpan? At(QuantileSketch sketch, double quantile) =>
        sketch.Quantile(quantile) is { } microseconds ? TimeSpan.FromMicroseconds(microseconds) : null;
}
