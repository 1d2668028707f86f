namespace StreamSense.Ml.Evaluation.Metrics;

/// <summary>A mean over users, and how sure it is.</summary>
/// <param name="Value">The mean.</param>
/// <param name="Low">The lower end of the 95 % interval.</param>
/// <param name="High">The upper end of the 95 % interval.</param>
/// <remarks>The interval says how much the mean would vary with other users of the same kind, not with other data of these.</remarks>
public readonly record struct MetricEstimate(double Value, double Low, double High);
