using StreamSense.Core.Events;

namespace StreamSense.Ml.Tests.Pipelines;

/// <summary>A line of the file of ratings.</summary>
internal readonly record struct RatingLine(string Text, int User, string UserId, int Item, long Seconds)
{
    public EventTime Time => new(Seconds * EventTime.MicrosecondsPerSecond);
}
