using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.Snowplow;

/// <summary>What an event means, given those before it.</summary>
/// <param name="IsRequest">Whether it is the first <c>play</c>.</param>
/// <param name="IsFirstFrame">Whether it shows that the first frame has been.</param>
/// <param name="StartTime">When the first frame was.</param>
/// <param name="State">What the player does from then on; unknown if nobody can tell.</param>
internal readonly record struct SnowplowStep(bool IsRequest, bool IsFirstFrame, EventTime StartTime, PlayerState State);
