namespace StreamSense.Core.Ingest.Snowplow;

/// <summary>What the entities of a player and of its session say.</summary>
internal ref struct SnowplowPlayer
{
    public ReadOnlySpan<byte> Label;

    /// <summary>The id of the media session.</summary>
    public ReadOnlySpan<byte> Session;

    /// <summary>The playhead in seconds; NaN if it is not known.</summary>
    public double Playhead;

    public double DurationSeconds;
    public double PingSeconds;
    public double Rate;
    public bool? IsPaused;
    public bool? IsLive;
}
