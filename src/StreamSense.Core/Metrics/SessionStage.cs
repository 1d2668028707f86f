using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Metrics.Audience;
using StreamSense.Core.Sessions;
using StreamSense.Core.Sessions.Titles;

namespace StreamSense.Core.Metrics;

/// <summary>Follows a shard's order: events of views into states, states into metrics, and moments of views into facts.</summary>
/// <remarks>
/// The shard's thread only. Nothing is allocated per event once the tables have their size. A replay of the same order gives the same
/// metrics to the bit, and so do several shards merged, with one exception: a shard cannot know that a broadcast request comes from a
/// view that has already ended in its own shard, where it changes nothing; here it still supersedes.
/// </remarks>
public sealed class SessionStage : IEventConsumer
{
    private readonly Vocabulary _vocabulary;
    private readonly MetricsRecorder _metrics;
    private readonly SessionTracker _tracker;
    private readonly SessionFanOut _closed;
    private readonly MetricSections _sections;
    private readonly MetricsOptions _options;

    /// <summary>Creates the stage of a shard.</summary>
    /// <param name="vocabulary">The name tables of the events.</param>
    /// <param name="sessionOptions">How events become states; null for the defaults.</param>
    /// <param name="metricsOptions">What metrics to keep; null for the defaults.</param>
    /// <param name="facts">Who is told of the moments of views; null for nobody.</param>
    /// <param name="sessions">Who takes the sessions as they close; null for nobody.</param>
    /// <param name="titles">What the catalogue says, where several stages share it; null for a table of its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public SessionStage(
        Vocabulary vocabulary,
        SessionOptions? sessionOptions = null,
        MetricsOptions? metricsOptions = null,
        IViewFactConsumer? facts = null,
        IPlaybackSessionConsumer? sessions = null,
        TitleTable? titles = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        _vocabulary = vocabulary;
        Titles = titles ?? new TitleTable(vocabulary);
        _options = metricsOptions ?? new MetricsOptions();
        _metrics = new MetricsRecorder(_options);
        _sections = new MetricSections(vocabulary, Titles, _options);
        _closed = new SessionFanOut(sessions is null ? [_metrics, _sections] : [_metrics, _sections, sessions]);
        _tracker = new SessionTracker(vocabulary.Contexts, sessionOptions ?? new SessionOptions(), _metrics, Titles, facts, _closed);
    }

    /// <summary>
    /// What the catalogue says. It learns from the <c>title</c> events that pass; of a closed set it should take them all before the set is
    /// handed on (<see cref="Admission.ClosedSet.DeliverTitles"/>), since a set has no order between catalogue and views.
    /// </summary>
    public TitleTable Titles { get; }

    /// <summary>How many views are open, those that only preload included.</summary>
    public int OpenViews => _tracker.OpenViews;

    /// <summary>How many open views were closed because the table of views was full.</summary>
    public long EvictedViews => _tracker.EvictedViews;

    /// <summary>
    /// How many ended views were forgotten, id and all, because the table of views was full; later events of theirs count as new views.
    /// </summary>
    public long ForgottenViews => _tracker.ForgottenViews;

    /// <summary>How many late events were put in their place among those of their view.</summary>
    public long AmendedEvents => _tracker.AmendedEvents;

    /// <summary>How many late events applied where their view had got to, because its past was no longer kept.</summary>
    public long UnamendedEvents => _tracker.UnamendedEvents;

    /// <summary>How often a view lost a part of its history because the room for histories was full.</summary>
    public long ShortenedHistories => _tracker.ShortenedHistories;

    /// <summary>The memory that the histories of views take, in bytes: beside the rows of the open views.</summary>
    public long HistoryBytes => _tracker.HistoryBytes;

    /// <summary>How often a view with more jumps than there is room for gave up the order of what it played.</summary>
    public long CondensedViews => _tracker.CondensedViews;

    /// <summary>How many runs of played content were lost, because the room that all views share was full.</summary>
    public long LostRanges => _tracker.LostRanges;

    /// <summary>How often a value of a dimension found no metrics of its own and went to <c>other</c>.</summary>
    public long OverflowedValues => _metrics.OverflowedValues;

    /// <summary>How many additions are missing in windows: the window was no longer kept, or had no room for the value.</summary>
    public long MissedWindowCells => _metrics.MissedWindowCells;

    /// <inheritdoc/>
    public void Consume(in EventBatch batch)
    {
        ReadOnlySpan<StreamEvent> events = batch.Events;
        _tracker.Begin(events);
        for (int i = 0; i < events.Length; i++)
        {
            ref readonly StreamEvent e = ref events[i];
            if (e.Kind == EventKind.Title)
            {
                Titles.Add(e, batch.AnnexOf(e));
            }

            _tracker.ApplyNext(events, i);
            _sections.Apply(e, batch.AnnexOf(e));
        }

        _tracker.Flush();
    }

    /// <summary>Closes the views that have been silent too long, by a clock that no coming event will be before.</summary>
    /// <param name="streamTime">The watermark; <see cref="SessionOptions.AllowedLateness"/> is taken off it.</param>
    public void AdvanceTo(EventTime streamTime)
    {
        _tracker.AdvanceTo(streamTime);
        _tracker.Flush();
    }

    /// <summary>Closes every open view at its last event: the end of a closed file.</summary>
    public void CloseAll()
    {
        _tracker.CloseAll();
        _tracker.Flush();
    }

    /// <summary>Copies the sums, with open views as far as they have come.</summary>
    /// <returns>A copy that later events do not change.</returns>
    public MetricsPartial Snapshot()
    {
        AudiencePartial audience = _sections.CopyAudience();
        MetricsPartial partial = _metrics.Snapshot(_vocabulary, _tracker, audience);
        partial.Sections = _sections.Copy(audience);
        partial.Options = _options;
        return partial;
    }

    /// <summary>A copy of how views ended, by the context in which they did.</summary>
    internal Dictionary<ContextId, ViewEnds> CopyEnds() => _metrics.CopyEnds();
}
