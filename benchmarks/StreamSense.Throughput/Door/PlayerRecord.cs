namespace StreamSense.Throughput.Door;

/// <summary>An event of a player as a user would write it down: plain properties, which System.Text.Json fills fastest.</summary>
internal sealed class PlayerRecord
{
    public string? Kind { get; set; }

    public DateTimeOffset Time { get; set; }

    public string? Id { get; set; }

    public long? Seq { get; set; }

    public string? Source { get; set; }

    public string? Viewer { get; set; }

    public string? Household { get; set; }

    public string? Device { get; set; }

    public string? View { get; set; }

    public string? Visit { get; set; }

    public string? Title { get; set; }

    public string? Country { get; set; }

    public string? Cdn { get; set; }

    public string? DeviceKind { get; set; }

    public string? App { get; set; }

    public string? Surface { get; set; }

    public int? Row { get; set; }

    public int? Position { get; set; }

    public string? Request { get; set; }

    public double? PlayheadMs { get; set; }

    public double? BitrateKbps { get; set; }

    public double? IntervalMs { get; set; }

    public double? DurationMs { get; set; }

    public double? StartupMs { get; set; }

    public string? State { get; set; }

    public string? Reason { get; set; }
}
