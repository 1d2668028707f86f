using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;

namespace StreamSense.Ml.Candidates.Histories;

/// <summary>The last 64 titles that each viewer played, rated, or put on a list, and which up to 960 were before them.</summary>
/// <remarks>
/// Titles that the 64 have no room for are kept by a mark of 4 bytes each (<see cref="SeenTitles"/>), for <see cref="Filters.SeenFilter"/>;
/// beyond 960 the earliest displaced is forgotten.
/// Fed by a recommender with events and facts of views, once it is named to it. Of a title the latest word holds: a rating weighs by its
/// place on its scale. Only what viewers agree to have used for personalisation is remembered; who withdraws is forgotten. Writers take
/// a lock, readers take none and get each viewer as at one moment.
/// </remarks>
public sealed class InterestHistory : IViewerHistory, ISeenTitles, IEventConsumer, IViewFactConsumer, IDisposable
{
    private readonly Lock _writerLock = new();
    private readonly Vocabulary _vocabulary;
    private readonly InterestHistoryOptions _options;
    private readonly RecentTable<InterestRow> _viewers;
    private readonly RecentTable<SeenTitles> _seen;

    /// <summary>Creates an empty history.</summary>
    /// <param name="vocabulary">The vocabulary of the events.</param>
    /// <param name="options">What is remembered; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public InterestHistory(Vocabulary vocabulary, InterestHistoryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        _options = options ?? new InterestHistoryOptions();
        _options.Validate();
        _vocabulary = vocabulary;
        _viewers = new RecentTable<InterestRow>(_options.MaxViewers);
        _seen = new RecentTable<SeenTitles>(_options.MaxLongViewers);
    }

    /// <inheritdoc/>
    public int Capacity => InterestRow.Capacity;

    /// <summary>How many viewers are remembered.</summary>
    public int ViewerCount => _viewers.Count;

    /// <summary>How many viewers were forgotten to make room for others.</summary>
    public long ViewersEvicted => _viewers.Evicted;

    /// <summary>Of how many viewers the titles before the last 64 were forgotten, to make room for those of others.</summary>
    public long LongViewersEvicted => _seen.Evicted;

    /// <inheritdoc/>
    public int Read(ViewerId viewer, Span<HistoryEntry> destination)
    {
        if (viewer.IsNone || !_viewers.TryRead(viewer.Value, out InterestRow row) || row.Viewer != viewer)
        {
            return 0;
        }

        int count = 0;
        foreach (ref readonly HistoryEntry entry in row.Titles)
        {
            count = ShortList.Insert(destination, count, entry, default(LatestFirst));
        }

        return count;
    }

    /// <inheritdoc/>
    public bool TryReadSeen(ViewerId viewer, out SeenTitles seen) =>
        _seen.TryRead(viewer.Value, out seen) && !viewer.IsNone && seen.Viewer == viewer;

    /// <inheritdoc/>
    public void Consume(in EventBatch batch)
    {
        foreach (ref readonly StreamEvent streamEvent in batch.Events)
        {
            switch (streamEvent.Kind)
            {
                case EventKind.Rating:
                    Note(streamEvent, LikingOf(streamEvent.ReadPayload<RatingPayload>()));
                    break;
                case EventKind.ListAdd:
                    Note(streamEvent, _options.ListWeight);
                    break;
                case EventKind.ConsentChange
                    when (streamEvent.ReadPayload<ConsentPayload>().Granted & ConsentPurposes.Personalisation) == 0:
                    Forget(streamEvent.Viewer);
                    break;
                default:
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public void Consume(ReadOnlySpan<ViewFact> facts)
    {
        foreach (ref readonly ViewFact fact in facts)
        {
            bool completed = fact.Kind == ViewFactKind.Ended && fact.Reason == EndReason.Completed && fact.PlayMicroseconds > 0;
            if (fact.Kind == ViewFactKind.FirstFrame || completed)
            {
                Note(fact.Viewer, fact.Title, fact.Time, fact.Consent, completed ? _options.CompletionWeight : _options.PlayWeight);
            }
        }
    }

    /// <summary>Forgets a viewer.</summary>
    /// <param name="viewer">The viewer.</param>
    /// <returns>Whether there was anything to forget.</returns>
    public bool Forget(ViewerId viewer)
    {
        lock (_writerLock)
        {
            _seen.Remove(viewer.Value);
            return _viewers.Remove(viewer.Value);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writerLock)
        {
            _viewers.Dispose();
            _seen.Dispose();
        }
    }

    /// <summary>How much a rating says that a title was liked, from 0 to 1: its place on its scale.</summary>
    internal static float LikingOf(in RatingPayload rating)
    {
        double range = rating.Maximum - rating.Minimum;
        return range > 0 ? (float)Math.Clamp((rating.Value - rating.Minimum) / range, 0, 1) : 0;
    }

    private void Note(in StreamEvent streamEvent, float weight) => Note(
        streamEvent.Viewer, streamEvent.Title, streamEvent.Time, _vocabulary.Contexts[streamEvent.Context].Consent, weight);

    private void Note(ViewerId viewer, TitleId title, EventTime time, ConsentPurposes consent, float weight)
    {
        if (viewer.IsNone || title.IsNone || (consent & ConsentPurposes.Personalisation) == 0)
        {
            return;
        }

        lock (_writerLock)
        {
            ref InterestRow row = ref _viewers.BeginWrite(viewer.Value, out int number);
            row.Viewer = viewer;
            TitleId displaced = row.Note(title, time, weight);
            if (!displaced.IsNone)
            {
                // Before readers can see that it is gone from the row.
                _seen.BeginWrite(viewer.Value, out int seen).Note(viewer, displaced);
                _seen.EndWrite(seen);
            }

            _viewers.EndWrite(number);
        }
    }
}
