namespace StreamSense.Benchmarks.Ingest;

/// <summary>What a user would read a heartbeat into.</summary>
public sealed class HeartbeatRecord
{
    public string? Kind { get; set; }

    public double Time { get; set; }

    public long? Seq { get; set; }

    public string? Source { get; set; }

    public string? Viewer { get; set; }

    public string? Device { get; set; }

    public string? View { get; set; }

    public string? Title { get; set; }

    public string? Country { get; set; }

    public string? Cdn { get; set; }

    public string? DeviceKind { get; set; }

    public string? App { get; set; }

    public double? PlayheadMs { get; set; }

    public string? State { get; set; }

    public double? IntervalMs { get; set; }

    public double? BitrateKbps { get; set; }

    public double? BufferMs { get; set; }

    public int? DroppedFrames { get; set; }
}
