using System.Collections.Immutable;
using StreamSense.Core.Events;

namespace StreamSense.Core.Sessions.Inspection;

/// <summary>Writes down what happens to one view.</summary>
internal sealed class TimelineTrace(ViewId view, int maxEntries) : ISessionTrace, IPlaybackSessionConsumer
{
    private readonly List<ViewTimelineEntry> _entries = [];
    private readonly ImmutableArray<ViewCredit>.Builder _credits = ImmutableArray.CreateBuilder<ViewCredit>();
    private readonly ImmutableArray<ViewNote>.Builder _notes = ImmutableArray.CreateBuilder<ViewNote>();
    private PlaybackSession? _session;
    private ImmutableArray<WatchedRange> _watched = [];
    private StreamEvent? _event;
    private EventTime _first;
    private long _held;
    private long _dropped;
    private int _depth;

    public ViewTimeline Result => new(view, [.. _entries], _dropped, _session, _watched);

    public void OnEvent(in ViewRow row, in StreamEvent e)
    {
        if (row.View == view)
        {
            Begin(e);
        }
    }

    public void OnCredit(in ViewRow row, in CreditedTime time, CreditRule rule, long limit)
    {
        if (row.View == view)
        {
            // What is decided waits no more.
            _held = rule >= CreditRule.Stall && rule <= CreditRule.SeekBuffering ? 0 : _held;
            _credits.Add(new ViewCredit(time.State, new EventTime(time.Start), time.Length, rule, limit));
        }
    }

    public void OnUnknown(in ViewRow row, long start, long length, CreditRule rule, long limit)
    {
        if (row.View == view && length > 0)
        {
            _credits.Add(new ViewCredit(State: null, new EventTime(start), length, rule, limit));
        }
    }

    public void OnHeld(in ViewRow row, long start, long length)
    {
        if (row.View == view)
        {
            _held += length;
        }
    }

    public void OnNote(in ViewRow row, ViewNote note)
    {
        if (row.View == view)
        {
            _notes.Add(note);
        }
    }

    public void OnApplied(in ViewRow row)
    {
        if (row.View != view || --_depth > 0)
        {
            return;
        }

        var time = new EventTime(row.Last);
        _first = _entries.Count == 0 ? time : _first;
        if (_entries.Count == maxEntries)
        {
            _dropped++;
            return;
        }

        _entries.Add(new ViewTimelineEntry
        {
            Time = time,
            OffsetMicroseconds = row.Last - _first.UnixMicroseconds,
            Event = _event,
            StateAfter = row.State,
            Credits = _credits.ToImmutable(),
            HeldMicroseconds = _held,
            Notes = _notes.ToImmutable(),
        });
    }

    public void OnEnd(in ViewRow row, EventTime time, ViewNote cause)
    {
        if (row.View != view)
        {
            return;
        }

        // The view's own last event ends it within its line; anything else makes a line of its own.
        if (_depth == 0)
        {
            Begin(e: null);
        }
        else
        {
            _depth++;
        }

        _notes.Add(cause);
    }

    public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        if (session.View == view)
        {
            _session = session;
            _watched = [.. watched];
        }
    }

    public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        if (session.View == view)
        {
            _session = null;
            _watched = [];
        }
    }

    private void Begin(StreamEvent? e)
    {
        _depth = 1;
        _event = e;
        _held = 0;
        _credits.Clear();
        _notes.Clear();
    }
}
