using StreamSense.Core.Events;

namespace StreamSense.Ml.Ranking;

/// <summary>Which model scores.</summary>
/// <param name="Name">The name, for example <c>home-linear</c>.</param>
/// <param name="Version">The version, for example <c>3</c>.</param>
/// <param name="LayoutHash">The hash of the feature layout it was made for.</param>
/// <param name="TrainedAt">When it was trained, or null for one made by hand.</param>
public sealed record ModelInfo(string Name, string Version, ulong LayoutHash, EventTime? TrainedAt = null)
{
    /// <summary>Name and version as decisions carry them, for example <c>home-linear@3</c>.</summary>
    public override string ToString() => $"{Name}@{Version}";
}
