namespace StreamSense.Core.Events.Payloads;

/// <summary>The values by which payload fields say that the sender gave nothing.</summary>
public static class Absent
{
    /// <summary>A duration or playhead in microseconds that was not given.</summary>
    public const long Time = long.MinValue;

    /// <summary>A count or number that was not given.</summary>
    public const int Number = int.MinValue;
}
