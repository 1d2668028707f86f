using StreamSense.Core.Events;

namespace StreamSense.Core.Admission;

/// <summary>The time up to which the views of a shard know all that was not late: what is silent by it has ended.</summary>
/// <remarks>
/// It is the watermark of the source that is furthest behind, as one is that works off a backlog: its views go on, however far others are.
/// While events wait to be put in order, it is the watermark of before they came: the events of hours may pass while they wait for
/// seconds. A source that has sent nothing for as long as a view may be silent is not waited for. One thread at a time; allocates nothing
/// after it is made.
/// </remarks>
internal sealed class SilenceClock
{
    private const long SampleTicks = TimeSpan.TicksPerSecond;

    private readonly AdmissionStage _admission;
    private readonly long _silence;
    private readonly long _patience;
    private readonly Queue<(long At, EventTime Reached)> _samples;
    private long _sampledAt;
    private EventTime _known;

    /// <summary>Makes a clock that stands.</summary>
    /// <param name="admission">Who hears the sources and holds the events that wait.</param>
    /// <param name="options">How long events wait at most.</param>
    /// <param name="silence">For how long a source may be silent and is still waited for.</param>
    public SilenceClock(AdmissionStage admission, AdmissionOptions options, TimeSpan silence)
    {
        _admission = admission;
        _silence = silence.Ticks;
        _patience = options.ClockPatience.Ticks + Math.Max(options.GapPatience.Ticks, options.ReorderHorizon.Ticks);
        _samples = new Queue<(long At, EventTime Reached)>((int)Math.Min(1024, (_patience / SampleTicks) + 2));
    }

    /// <summary>Reads the clock.</summary>
    /// <param name="now">The clock of the process, in ticks.</param>
    /// <param name="quiet">For how long no event has come, by that clock: as much more of event time has passed.</param>
    public EventTime Read(long now, TimeSpan quiet)
    {
        if (_admission.IsReadyToGoOn)
        {
            return _known;
        }

        EventTime reached = _admission.ReachedByAll(now - _silence) ?? _admission.Latest;
        if (!_admission.IsWaiting)
        {
            _samples.Clear();
            _known = reached;
            return reached + quiet;
        }

        if (_samples.Count == 0 || now - _sampledAt >= SampleTicks)
        {
            _samples.Enqueue((now, reached));
            _sampledAt = now;
        }

        while (_samples.TryPeek(out (long At, EventTime Reached) oldest) && now - oldest.At >= _patience)
        {
            _known = oldest.Reached;
            _samples.Dequeue();
        }

        return _known;
    }
}
