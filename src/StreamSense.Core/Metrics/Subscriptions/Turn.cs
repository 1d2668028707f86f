namespace StreamSense.Core.Metrics.Subscriptions;

/// <summary>A paid subscription began or expired.</summary>
/// <param name="Time">When.</param>
/// <param name="Begins">Whether it began; within one instant what expires comes first, as in a change of plan.</param>
internal readonly record struct Turn(Moment Time, bool Begins)
{
    public bool IsAfter(Turn other) => Time != other.Time ? Time.IsAfter(other.Time) : Begins && !other.Begins;
}
