using System.Collections;
using System.Globalization;
using StreamSense.Core.Events;

namespace StreamSense.Testing.Scripts;

/// <summary>Tells the story of one playback session and gives the canonical events a player would send.</summary>
/// <remarks>
/// <para>
/// A script has a clock (seconds after <see cref="From"/>) and a playhead. Verbs with a duration (<see cref="Play"/>,
/// <see cref="Stall"/>, <see cref="Pause"/>, <see cref="Seek"/>, <see cref="Ad"/>) send what begins, let the time pass and send what
/// ends; the others send one event at the present moment. The playhead moves with <see cref="Play"/>, by the rate in force.
/// </para>
/// <para>
/// Envelope values (<see cref="Title"/>, <see cref="Viewer"/>, …) hold for the events after the call.
/// For one thread at a time.
/// </para>
/// </remarks>
public sealed partial class ViewScript : IReadOnlyList<ScriptedEvent>
{
    private readonly List<ScriptedEvent> _events = [];
    private readonly List<(string Name, string Value)> _envelope = [];
    private readonly string _view;
    private EventTime _start = EventTime.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private long _nowUs;
    private decimal _playheadMs;
    private decimal _rate = 1m;
    private long _beatUs;
    private decimal? _beatKbps;
    private bool _started;
    private bool _sequenced = true;
    private bool _identified;
    private int _sequence;

    private ViewScript(string view) => _view = view;

    /// <inheritdoc/>
    public int Count => _events.Count;

    /// <summary>The present moment of the script.</summary>
    public EventTime Now => new(_start.UnixMicroseconds + _nowUs);

    /// <inheritdoc/>
    public ScriptedEvent this[int index] => _events[index];

    /// <summary>Begins the script of a view.</summary>
    /// <param name="view">The id of the playback session.</param>
    public static ViewScript Start(string view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new(view);
    }

    /// <summary>Sets the instant from which the script's seconds count; 2026-01-01T00:00:00Z without it.</summary>
    /// <param name="start">The instant.</param>
    /// <returns>This script.</returns>
    /// <exception cref="InvalidOperationException">The script already has events.</exception>
    public ViewScript From(EventTime start)
    {
        if (_events.Count > 0)
        {
            throw new InvalidOperationException("The script already has events at times counted from another instant.");
        }

        _start = start;
        return this;
    }

    /// <summary>The title that is played.</summary>
    /// <param name="title">The catalogue id.</param>
    /// <returns>This script.</returns>
    public ViewScript Title(string title) => Always("title", title);

    /// <summary>Who watches.</summary>
    /// <param name="viewer">The id.</param>
    /// <returns>This script.</returns>
    public ViewScript Viewer(string viewer) => Always("viewer", viewer);

    /// <summary>On what is watched.</summary>
    /// <param name="device">The id.</param>
    /// <param name="deviceKind">The kind of device, for example <c>tv</c>; null leaves it out.</param>
    /// <returns>This script.</returns>
    public ViewScript Device(string device, string? deviceKind = null)
    {
        Always("device", device);
        return deviceKind is null ? this : Always("deviceKind", deviceKind);
    }

    /// <summary>Who sends the events.</summary>
    /// <param name="source">The producer, for example <c>web</c>.</param>
    /// <returns>This script.</returns>
    public ViewScript Source(string source) => Always("source", source);

    /// <summary>Sets a text of the envelope (<c>country</c>, <c>cdn</c>, <c>household</c>, …) for the events that follow.</summary>
    /// <param name="name">The field.</param>
    /// <param name="value">The text.</param>
    /// <returns>This script.</returns>
    public ViewScript Always(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        int known = _envelope.FindIndex(field => string.Equals(field.Name, name, StringComparison.Ordinal));
        if (known < 0)
        {
            _envelope.Add((name, value));
        }
        else
        {
            _envelope[known] = (name, value);
        }

        return this;
    }

    /// <summary>Leaves <c>seq</c> out of the events that follow, as senders do that keep no order.</summary>
    /// <returns>This script.</returns>
    public ViewScript WithoutSequence()
    {
        _sequenced = false;
        return this;
    }

    /// <summary>Gives the events that follow an <c>id</c> made of the view and their number.</summary>
    /// <returns>This script.</returns>
    public ViewScript WithIds()
    {
        _identified = true;
        return this;
    }

    /// <summary>Sends heartbeats at a fixed interval while time passes, from here on.</summary>
    /// <param name="seconds">The interval; 0 ends the heartbeats.</param>
    /// <param name="kbps">The bitrate that they carry; null leaves it out.</param>
    /// <returns>This script.</returns>
    public ViewScript Heartbeats(decimal seconds, decimal? kbps = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seconds);
        _beatUs = Microseconds(seconds);
        _beatKbps = kbps;
        return this;
    }

    /// <summary>Sets the clock.</summary>
    /// <param name="seconds">Seconds after the start; may lie before the present moment, as with a clock that was set back.</param>
    /// <returns>This script.</returns>
    public ViewScript At(decimal seconds)
    {
        _nowUs = Microseconds(seconds);
        return this;
    }

    /// <summary>Lets time pass in silence: no heartbeats, and the playhead stands.</summary>
    /// <param name="seconds">Seconds.</param>
    /// <returns>This script.</returns>
    public ViewScript Wait(decimal seconds)
    {
        _nowUs += Microseconds(seconds);
        return this;
    }

    /// <summary>Sends any event of this view at the present moment.</summary>
    /// <param name="kind">The kind, as the public schema spells it.</param>
    /// <param name="fields">Adds the kind's own fields; null adds none.</param>
    /// <returns>This script.</returns>
    public ViewScript Send(string kind, Action<EventLine>? fields = null)
    {
        EventLine line = EventLine.Of(kind, Now).With("view", _view);
        foreach ((string name, string value) in _envelope)
        {
            line.With(name, value);
        }

        if (_identified)
        {
            line.With("id", string.Create(CultureInfo.InvariantCulture, $"{_view}-{_sequence}"));
        }

        if (_sequenced)
        {
            line.With("seq", _sequence);
        }

        _sequence++;
        fields?.Invoke(line);
        _events.Add(line.Build());
        return this;
    }

    /// <inheritdoc/>
    public IEnumerator<ScriptedEvent> GetEnumerator() => _events.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static long Microseconds(decimal seconds) => (long)decimal.Truncate(seconds * EventTime.MicrosecondsPerSecond);

    private void Pass(decimal seconds, string? state, decimal speed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seconds);
        long end = _nowUs + Microseconds(seconds);
        while (_beatUs > 0 && state is not null && _nowUs + _beatUs < end)
        {
            Move(_nowUs + _beatUs, speed);
            Beat(state);
        }

        Move(end, speed);
    }

    private void Move(long us, decimal speed)
    {
        _playheadMs += (us - _nowUs) * speed / EventTime.MicrosecondsPerMillisecond;
        _nowUs = us;
    }

    private void Beat(string state) => Send("heartbeat", line => line
        .With("state", state)
        .With("intervalMs", (decimal)(_beatUs / EventTime.MicrosecondsPerMillisecond))
        .With("playheadMs", Playhead)
        .With("bitrateKbps", _beatKbps));

    private decimal Playhead => decimal.Truncate(_playheadMs);
}
