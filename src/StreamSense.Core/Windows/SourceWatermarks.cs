using StreamSense.Core.Events;

namespace StreamSense.Core.Windows;

/// <summary>The watermark of each source: the latest event time seen from it.</summary>
/// <remarks>
/// A time ahead of the moment it was received moves the watermark only to that moment: one sender with a fast clock cannot make the
/// events of all others late. One thread writes.
/// </remarks>
internal sealed class SourceWatermarks(int sourceCapacity)
{
    private static readonly TimeSpan MostBacklog = TimeSpan.FromDays(1);

    private readonly long[] _latest = new long[sourceCapacity];
    private readonly long[] _heard = new long[sourceCapacity];
    private readonly List<Symbol> _playing = [];

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

    /// <summary>Notes that a source sends events of views.</summary>
    /// <param name="source">The source.</param>
    /// <param name="now">When, by the clock of the process, in ticks.</param>
    public void NotePlaying(Symbol source, long now)
    {
        ref long heard = ref _heard[source.Value];
        if (heard == 0)
        {
            _playing.Add(source);
        }

        heard = Math.Max(now, 1);
    }

    /// <summary>How far all sources have come that send events of views: the least of their watermarks.</summary>
    /// <param name="since">A source that was not heard since then is not waited for; a clock in ticks.</param>
    /// <returns>The least watermark; null if no source was heard since.</returns>
    public EventTime? ReachedByAll(long since)
    {
        // So far behind is no backlog but a wrong clock, which may not keep the views of others open for ever.
        long earliest = (Latest - MostBacklog).UnixMicroseconds;
        long least = long.MaxValue;
        foreach (Symbol source in _playing)
        {
            long latest = _latest[source.Value];
            least = _heard[source.Value] >= since && latest >= earliest ? Math.Min(least, latest) : least;
        }

        return least == long.MaxValue ? null : new EventTime(least);
    }

    private static EventTime Known(in StreamEvent streamEvent)
    {
        int ahead = Math.Min(0, streamEvent.ReceivedAfterMilliseconds);
        return new EventTime(streamEvent.Time.UnixMicroseconds + (ahead * EventTime.MicrosecondsPerMillisecond));
    }
}
