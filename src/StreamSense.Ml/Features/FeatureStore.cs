using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;

namespace StreamSense.Ml.Features;

/// <summary>What is remembered of titles and viewers, kept up to date by the facts of their views.</summary>
/// <remarks>
/// Facts may come from several shards; one run of facts is written at a time. Reads come from any thread, take no lock, never hold up
/// the writer and give each row as it was at one moment. A fact without consent to personalisation counts for its title and leaves no
/// trace of its viewer. Bounded: the row longest not written makes room, and is counted..
/// </remarks>
public sealed class FeatureStore : IViewFactConsumer, IDisposable
{
    private const double HoursPerMicrosecond = 1.0 / 3_600_000_000.0;

    private readonly Lock _writerLock = new();
    private readonly RecentTable<TitleMemory> _titles;
    private readonly RecentTable<ViewerMemory> _viewers;
    private readonly RecentTable<ViewerMemory> _devices;
    private readonly WatchRules _rules;
    private long _version;
    private long _position;

    /// <summary>Creates an empty store.</summary>
    /// <param name="catalogue">Knows how long titles are.</param>
    /// <param name="options">How much is remembered; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public FeatureStore(Catalogue catalogue, FeatureStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        options ??= new FeatureStoreOptions();
        options.Validate();
        HalfLife = new HalfLife(options.HalfLife);
        _rules = new WatchRules(catalogue, options);
        _titles = new RecentTable<TitleMemory>(options.MaxTitles);
        _viewers = new RecentTable<ViewerMemory>(options.MaxViewers);
        _devices = new RecentTable<ViewerMemory>(options.MaxDevices);
    }

    /// <summary>How fast plays and watch time fade.</summary>
    public HalfLife HalfLife { get; }

    /// <summary>How many titles are remembered.</summary>
    public int TitleCount => _titles.Count;

    /// <summary>How many viewers are remembered.</summary>
    public int ViewerCount => _viewers.Count;

    /// <summary>How many devices are remembered that had no viewer.</summary>
    public int DeviceCount => _devices.Count;

    /// <summary>How many devices were forgotten to make room for others.</summary>
    public long DevicesEvicted => _devices.Evicted;

    /// <summary>How many titles were forgotten to make room for others.</summary>
    public long TitlesEvicted => _titles.Evicted;

    /// <summary>How many viewers were forgotten to make room for others.</summary>
    public long ViewersEvicted => _viewers.Evicted;

    /// <summary>Grows whenever a title's memory changes, so that what is derived from it knows when it is old.</summary>
    public long TitleVersion => Interlocked.Read(ref _version);

    /// <summary>How many facts were applied.</summary>
    public long Position => Interlocked.Read(ref _position);

    internal WatchRules Rules => _rules;

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
                    continue;
                }

                RememberTitle(fact);
                RememberPerson(fact);
            }

            Interlocked.Add(ref _position, facts.Length);
        }
    }

    /// <summary>Forgets a viewer, on a withdrawal of consent or a request for erasure.</summary>
    /// <param name="viewer">The viewer.</param>
    /// <returns>Whether there was anything to forget. What the viewer's plays added to titles stays: it names nobody.</returns>
    public bool Forget(ViewerId viewer)
    {
        lock (_writerLock)
        {
            return _viewers.Remove(viewer.Value);
        }
    }

    /// <summary>Forgets what a device did without a viewer, on a withdrawal of consent.</summary>
    /// <param name="device">The device.</param>
    /// <returns>Whether there was anything to forget.</returns>
    public bool Forget(DeviceId device)
    {
        lock (_writerLock)
        {
            return _devices.Remove(device.Value);
        }
    }

    // A row is empty between being added and being written first; its own id tells.

    /// <summary>What is remembered of a title.</summary>
    /// <param name="title">The title.</param>
    /// <param name="memory">A consistent copy.</param>
    /// <returns>False if nothing is.</returns>
    public bool TryRead(TitleId title, out TitleMemory memory) =>
        _titles.TryRead(title.Value, out memory) && memory.Title == title;

    /// <summary>What is remembered of a viewer.</summary>
    /// <param name="viewer">The viewer.</param>
    /// <param name="memory">A consistent copy.</param>
    /// <returns>False if nothing is.</returns>
    public bool TryRead(ViewerId viewer, out ViewerMemory memory) =>
        _viewers.TryRead(viewer.Value, out memory) && memory.Viewer == viewer;

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writerLock)
        {
            _titles.Dispose();
            _viewers.Dispose();
            _devices.Dispose();
        }
    }

    private static bool IsEndOfPlay(in ViewFact fact) => fact.Kind == ViewFactKind.Ended && fact.PlayMicroseconds > 0;

    // Watch time is added once, when a view ends: a fact tells the sum of its view so far, and no row per view is needed.
    private void RememberTitle(in ViewFact fact)
    {
        if (fact.Title.IsNone || !(fact.Kind == ViewFactKind.FirstFrame || IsEndOfPlay(fact)))
        {
            return;
        }

        ref TitleMemory memory = ref _titles.BeginWrite(fact.Title.Value, out int row);
        memory.Title = fact.Title;
        if (fact.Kind == ViewFactKind.FirstFrame)
        {
            memory.Plays.Add(1, fact.Time, HalfLife);
        }
        else
        {
            memory.WatchHours.Add(fact.WatchMicroseconds * HoursPerMicrosecond, fact.Time, HalfLife);
        }

        _titles.EndWrite(row);
        Interlocked.Increment(ref _version);
    }

    // What a device did without a viewer waits for one who logs in on it; nothing reads it until then.
    private void RememberPerson(in ViewFact fact)
    {
        bool tells = fact.Kind is ViewFactKind.FirstFrame or ViewFactKind.Progress || IsEndOfPlay(fact);
        RecentTable<ViewerMemory> table = fact.Viewer.IsNone ? _devices : _viewers;
        ulong key = fact.Viewer.IsNone ? fact.Device.Value : fact.Viewer.Value;
        if (key == 0 || !tells || (fact.Consent & ConsentPurposes.Personalisation) == 0)
        {
            return;
        }

        ref ViewerMemory memory = ref table.BeginWrite(key, out int row);
        memory.Viewer = fact.Viewer;
        memory.From = memory.From == default || fact.Time < memory.From ? fact.Time : memory.From;
        if (fact.Kind == ViewFactKind.FirstFrame)
        {
            memory.Plays.Add(1, fact.Time, HalfLife);
            memory.LastPlay = memory.LastPlay >= fact.Time ? memory.LastPlay : fact.Time;
        }
        else if (fact.Kind == ViewFactKind.Ended)
        {
            memory.WatchMicroseconds += fact.WatchMicroseconds;
        }

        if (!fact.Title.IsNone && memory.TryPlace(fact.Title, fact.Time, out int place))
        {
            _rules.Update(ref memory.RecentAt(place), fact);
        }

        table.EndWrite(row);
    }

    private void Join(in ViewFact login)
    {
        bool isKnown = _devices.TryRead(login.Device.Value, out ViewerMemory device);
        _devices.Remove(login.Device.Value);
        if (!isKnown || login.Viewer.IsNone || (login.Consent & ConsentPurposes.Personalisation) == 0)
        {
            return;
        }

        ref ViewerMemory memory = ref _viewers.BeginWrite(login.Viewer.Value, out int row);
        memory.Viewer = login.Viewer;
        memory.Join(device, login.JoinsSince, HalfLife);
        _viewers.EndWrite(row);
    }
}
