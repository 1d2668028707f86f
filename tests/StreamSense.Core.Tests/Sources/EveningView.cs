namespace StreamSense.Core.Tests.Sources;

/// <summary>A view of the evening: who, what, on a device whose clock is wrong by so much, and what happened.</summary>
internal sealed record EveningView(int Number, long SkewMs, IReadOnlyList<Fact> Facts)
{
    public const int LatencyMs = 40;

    public string Id => "view-" + Number;

    public string Title => "title-" + Number;

    public string Viewer => "viewer-" + (Number % 13);

    public string Device => "device-" + Number;

    /// <summary>What the device's clock said, in epoch milliseconds.</summary>
    public long DeviceTime(in Fact fact) => Evening.Begins + fact.At + SkewMs;

    /// <summary>When it was received, in epoch milliseconds.</summary>
    public static long Received(in Fact fact) => Evening.Begins + fact.At + LatencyMs;
}
