using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>The plan of a viewer or household, and the one before it.</summary>
internal struct ViewerPlanRow
{
    /// <summary>From when on the plan holds.</summary>
    public long SinceMicroseconds;

    public Symbol Plan;

    /// <summary>What held before.</summary>
    public Symbol Before;

    /// <summary>Whether anything was said of it.</summary>
    public bool IsKnown;

    public readonly Symbol At(EventTime time) => time.UnixMicroseconds >= SinceMicroseconds ? Plan : Before;
}
