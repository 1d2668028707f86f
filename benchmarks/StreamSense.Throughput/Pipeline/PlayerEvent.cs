namespace StreamSense.Throughput.Pipeline;

/// <summary>A canonical event as a user would write it down: the envelope and the fields that players send most.</summary>
internal sealed class PlayerEvent
{
    public required string Kind { get; set; }

    public required DateTimeOffset Time { get; set; }

    public string? Id { get; set; }

    public long? Seq { get; set; }

    public string? Source { get; set; }

    public string? Viewer { get; set; }

    public string? Device { get; set; }

    public string? View { get; set; }

    public string? Visit { get; set; }

    public string? Title { get; set; }

    public string? Country { get; set; }

    public string? Cdn { get; set; }

    public string? DeviceKind { get; set; }

    public string? App { get; set; }

    public string? Surface { get; set; }

    public double? PlayheadMs { get; set; }

    public double? BitrateKbps { get; set; }

    public double? IntervalMs { get; set; }

    public string? State { get; set; }

    public string? Reason { get; set; }
}
