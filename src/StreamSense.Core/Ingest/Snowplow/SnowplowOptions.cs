namespace StreamSense.Core.Ingest.Snowplow;

/// <summary>How Snowplow's media events are read.</summary>
/// <remarks>Read when a translator is made; later changes have no effect on it.</remarks>
public sealed class SnowplowOptions
{
    /// <summary>How many views are remembered, to tell a first <c>play</c> from one after a pause; then the one not heard of for longest is
    /// forgotten.</summary>
    /// <value>65,536, some 100 bytes each. At least 1.</value>
    public int MaxViews { get; set; } = 65_536;

    internal SnowplowOptions Copy() => (SnowplowOptions)MemberwiseClone();

    internal static void Validate(SnowplowOptions options) => ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxViews, 1);
}
