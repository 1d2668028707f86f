using StreamSense.Core.Events;

namespace StreamSense.Ml.Models.Registry;

/// <summary>One change of the version that serves.</summary>
/// <param name="Version">The version that served from then on.</param>
/// <param name="At">When.</param>
/// <param name="IsRollback">Whether it was a return to an earlier version.</param>
public sealed record Promotion(string Version, EventTime At, bool IsRollback);
