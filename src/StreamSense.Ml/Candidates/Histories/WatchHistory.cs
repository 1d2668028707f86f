using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates.Histories;

/// <summary>The last 16 titles that each viewer watched, how far, and whether to the end.</summary>
/// <remarks>
/// What candidates need of a viewer besides features: where to go on. A recommender keeps one and feeds it with events and facts of views.
/// Only what viewers agree to have used for personalisation is remembered; who withdraws is forgotten. What a device played without a
/// viewer waits for one who logs in on it; nothing reads it until then. Writers take a lock, readers take none and get each viewer as
/// at one moment.
/// </remarks>
public sealed class WatchHistory : IViewerHistory, IEventConsumer, IViewFactConsumer, IDisposable
{
    private const float BegunWeight = 0.5f;

    private readonly Lock _writerLock = new();
    private readonly WatchRules _rules;
    private readonly RecentTable<WatchedTitles> _viewers;
    private readonly RecentTable<WatchedTitles> _devices;

    /// <summary>Creates an empty history.</summary>
    /// <param name="catalogue">Knows how long titles are.</param>
    /// <param name="options">How much is remembered; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public WatchHistory(Catalogue catalogue, WatchHistoryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        options ??= new WatchHistoryOptions();
        options.Validate();
        Catalogue = catalogue;
        _rules = new WatchRules(catalogue, options);
        _viewers = new RecentTable<WatchedTitles>(options.MaxViewers);
        _devices = new RecentTable<WatchedTitles>(options.MaxDevices);
    }

    /// <inheritdoc/>
    public int Capacity => WatchedTitles.Capacity;

    /// <summary>How many viewers are remembered.</summary>
    public int ViewerCount => _viewers.Count;

    /// <summary>How many devices are remembered that had no viewer.</summary>
    public int DeviceCount => _devices.Count;

    /// <summary>How many viewers were forgotten to make room for others.</summary>
    public long ViewersEvicted => _viewers.Evicted;

    /// <summary>How many devices were forgotten to make room for others.</summary>
    public long DevicesEvicted => _devices.Evicted;

    /// <summary>What is known of the titles.</summary>
    internal Catalogue Catalogue { get; }

    /// <summary>What a viewer watched last.</summary>
    /// <remarks>Whether it may be read, by the viewer's consent, is for the caller to look at.</remarks>
    /// <param name="viewer">The viewer.</param>
    /// <param name="watched">A consistent copy.</param>
    /// <returns>False if nothing is remembered.</returns>
    public bool TryRead(ViewerId viewer, out WatchedTitles watched)
    {
        watched = default;

        // A row is empty between being added and being written first; its own id tells.
        return !viewer.IsNone && _viewers.TryRead(viewer.Value, out watched) && watched.Viewer == viewer;
    }

    /// <summary>Whether the latest view of a title can be continued: begun, not at its end, and not live.</summary>
    /// <param name="watched">What is remembered of the title.</param>
    public bool IsInProgress(in WatchedTitle watched) => _rules.IsInProgress(watched, Catalogue.Find(watched.Title));

    /// <summary>Whether the viewer has ever reached the end of a title.</summary>
    /// <param name="watched">What is remembered of the title.</param>
    public bool IsFinished(in WatchedTitle watched) => _rules.IsEverFinished(watched, Catalogue.Find(watched.Title));

    /// <inheritdoc/>
    /// <remarks>A title watched to its end weighs 1, any other a half.</remarks>
    public int Read(ViewerId viewer, Span<HistoryEntry> destination)
    {
        if (!TryRead(viewer, out WatchedTitles row))
        {
            return 0;
        }

        int count = 0;
        foreach (ref readonly WatchedTitle watched in row.Titles)
        {
            var entry = new HistoryEntry(watched.Title, watched.LastWatched, IsFinished(watched) ? 1 : BegunWeight);
            count = ShortList.Insert(destination, count, entry, default(LatestFirst));
        }

        return count;
    }

    /// <inheritdoc/>
    /// <remarks>Takes withdrawals of consent and leaves the other events alone.</remarks>
    public void Consume(in EventBatch batch)
    {
        foreach (ref readonly StreamEvent streamEvent in batch.Events)
        {
            if (streamEvent.Kind == EventKind.ConsentChange
                && (streamEvent.ReadPayload<ConsentPayload>().Granted & ConsentPurposes.Personalisation) == 0)
            {
                Forget(streamEvent.Viewer);
                Forget(streamEvent.Device);
            }
        }
    }

    /// <inheritdoc/>
    public void Consume(ReadOnlySpan<ViewFact> facts)
    {
        lock (_writerLock)
        {
            foreach (ref readonly ViewFact fact in facts)
            {
                if (fact.Kind == ViewFactKind.Joined)
                {
                    Join(fact);
                }
                else
                {
                    Note(fact);
                }
            }
        }
    }

    /// <summary>Forgets a viewer, on a withdrawal of consent or a request for erasure.</summary>
    /// <param name="viewer">The viewer.</param>
    /// <returns>Whether there was anything to forget.</returns>
    public bool Forget(ViewerId viewer)
    {
        lock (_writerLock)
        {
            return _viewers.Remove(viewer.Value);
        }
    }

    /// <summary>Forgets what a device played without a viewer.</summary>
    /// <param name="device">The device.</param>
    /// <returns>Whether there was anything to forget.</returns>
    public bool Forget(DeviceId device)
    {
        lock (_writerLock)
        {
            return _devices.Remove(device.Value);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writerLock)
        {
            _viewers.Dispose();
            _devices.Dispose();
        }
    }

    private void Note(in ViewFact fact)
    {
        bool tells = fact.Kind is ViewFactKind.FirstFrame or ViewFactKind.Progress
            || (fact.Kind == ViewFactKind.Ended && fact.PlayMicroseconds > 0);
        RecentTable<WatchedTitles> table = fact.Viewer.IsNone ? _devices : _viewers;
        ulong key = fact.Viewer.IsNone ? fact.Device.Value : fact.Viewer.Value;
        if (!tells || key == 0 || fact.Title.IsNone || (fact.Consent & ConsentPurposes.Personalisation) == 0)
        {
            return;
        }

        ref WatchedTitles row = ref table.BeginWrite(key, out int number);
        row.Viewer = fact.Viewer;
        if (row.TryPlace(fact.Title, fact.Time, out int place))
        {
            _rules.Update(ref row.At(place), fact);
        }

        table.EndWrite(number);
    }

    private void Join(in ViewFact login)
    {
        bool isKnown = _devices.TryRead(login.Device.Value, out WatchedTitles device);
        _devices.Remove(login.Device.Value);
        if (!isKnown || login.Viewer.IsNone || (login.Consent & ConsentPurposes.Personalisation) == 0)
        {
            return;
        }

        ref WatchedTitles row = ref _viewers.BeginWrite(login.Viewer.Value, out int number);
        row.Viewer = login.Viewer;
        row.Join(device, login.JoinsSince);
        _viewers.EndWrite(number);
    }
}
