using StreamSense.Core.Events;

namespace StreamSense.Core.Windows;

/// <summary>The watermark of each source: the latest event time seen from it.</summary>
/// <remarks>
/// A time ahead of the moment it was received moves the watermark only to that moment: one sender with a fast clock cannot make the
/// events of all others late. One thread writes.
/// </remarks>
internal sealed class SourceWatermarks(int sourceCapacity)
{
    private readonly long[] _latest = new long[sourceCapacity];

    /// <summary>The latest event time seen from any source; the default value before the first event.</summary>
    public EventTime Latest { get; private set; }

    /// <summary>The watermark of a source; the default value (1970) before its first event.</summary>
    public EventTime Of(Symbol source) => new(_latest[source.Value]);

    /// <summary>Notes an event of a source.</summary>
    public void Note(Symbol source, in StreamEvent streamEvent)
    {
        EventTime time = Known(streamEvent);
        ref long latest = ref _latest[source.Value];
        latest = Math.Max(latest, time.UnixMicroseconds);
        if (time > Latest)
        {
            Latest = time;
        }
    }

    private static EventTime Known(in StreamEvent streamEvent)
    {
        int ahead = Math.Min(0, streamEvent.ReceivedAfterMilliseconds);
        return new EventTime(streamEvent.Time.UnixMicroseconds + (ahead * EventTime.MicrosecondsPerMillisecond));
    }
}
