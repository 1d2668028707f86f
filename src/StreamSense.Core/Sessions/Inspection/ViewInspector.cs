using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions.Titles;

namespace StreamSense.Core.Sessions.Inspection;

/// <summary>Shows how the events of one view became states, durations and a session: what a number is made of.</summary>
/// <remarks>
/// Feed it all events of a shard or of a closed set in their order, since other views may supersede the one in question. It is the state
/// machine of the metrics itself that works here, watched; there is no second one. Not thread-safe.
/// </remarks>
public sealed class ViewInspector : IEventConsumer
{
    /// <summary>How many lines are kept; further ones are counted.</summary>
    public const int MaxEntries = 100_000;

    private readonly TitleTable _titles;
    private readonly TimelineTrace _trace;
    private readonly SessionTracker _tracker;

    /// <summary>Creates an inspector of one view.</summary>
    /// <param name="view">The view.</param>
    /// <param name="vocabulary">The name tables of the events.</param>
    /// <param name="options">How events become states; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ViewInspector(ViewId view, Vocabulary vocabulary, SessionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        _titles = new TitleTable(vocabulary);
        _trace = new TimelineTrace(view, MaxEntries);
        _tracker = new SessionTracker(
            vocabulary.Contexts, options ?? new SessionOptions(), SilentObserver.Instance, _titles, sessions: _trace, trace: _trace);
    }

    /// <summary>What the catalogue says; of a closed set it should take all rows before the set is handed on.</summary>
    public TitleTable Titles => _titles;

    /// <summary>What has happened to the view so far.</summary>
    public ViewTimeline Timeline => _trace.Result;

    /// <inheritdoc/>
    public void Consume(in EventBatch batch)
    {
        foreach (ref readonly StreamEvent e in batch.Events)
        {
            if (e.Kind == EventKind.Title)
            {
                _titles.Add(e, batch.AnnexOf(e));
            }

            _tracker.Apply(e);
        }
    }

    /// <summary>Closes the view at its last event, if it is open: the end of a closed file.</summary>
    public void CloseAll() => _tracker.CloseAll();
}
