using System.Collections.Immutable;
using StreamSense.Ml.Models.Registry;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml.Models.Serving;

/// <summary>Brings the version that a registry promotes into service: reads it, tries it, and puts it into its slot.</summary>
/// <remarks>
/// Passive: the host calls <see cref="Refresh"/> from a timer or a loop of its own, never from a request. A version that is refused - it
/// is damaged, reads other features, throws, gives no numbers - is not tried again until the registry changes; what served before serves
/// on. All members may be used by many threads; one refreshes at a time, the others return at once.
/// </remarks>
public sealed class ModelWatcher
{
    private const int WarmUpRequests = 64;
    private const int WarmUpCandidates = 100;

    private readonly ModelRegistry _registry;
    private readonly string _name;
    private readonly ModelSlot _slot;
    private readonly RankerLoader _loader;
    private readonly ModelWatcherOptions _options;
    private readonly ModelWarmUp _warmUp;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private long? _lastLook;
    private long _generation;
    private long _published;
    private long _refused;

    /// <summary>Makes a watcher.</summary>
    /// <param name="registry">Where models are.</param>
    /// <param name="name">The name of the model.</param>
    /// <param name="slot">Where it serves.</param>
    /// <param name="loader">Makes rankers; null for one of the library's kinds.</param>
    /// <param name="options">How it looks after the model; null for the defaults.</param>
    /// <param name="time">Measures intervals and latencies; null for the system's clock.</param>
    /// <exception cref="ArgumentException">It cannot be a name, or an option is out of its range.</exception>
    public ModelWatcher(
        ModelRegistry registry,
        string name,
        ModelSlot slot,
        RankerLoader? loader = null,
        ModelWatcherOptions? options = null,
        TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(slot);
        ModelName.Require(name, "name");
        _registry = registry;
        _name = name;
        _slot = slot;
        _loader = loader ?? new RankerLoader();
        _options = options ?? new ModelWatcherOptions();
        _options.Validate();
        _time = time ?? TimeProvider.System;
        _warmUp = new ModelWarmUp(_options.WarmUp, _time);
    }

    /// <summary>How many versions were put into service.</summary>
    public long Published => Interlocked.Read(ref _published);

    /// <summary>How many versions were refused.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Looks whether another version should serve, and brings it into service.</summary>
    /// <returns>What was done; a refusal says why.</returns>
    /// <remarks>Takes as long as reading and trying a model takes when there is one, and next to nothing otherwise.</remarks>
    public ModelRefresh Refresh()
    {
        if (!_gate.TryEnter())
        {
            return new ModelRefresh(ModelRefreshOutcome.NotDue);
        }

        try
        {
            if (_lastLook is { } last && _time.GetElapsedTime(last) < _options.Interval)
            {
                return new ModelRefresh(ModelRefreshOutcome.NotDue);
            }

            _lastLook = _time.GetTimestamp();
            return Look();
        }
        finally
        {
            _gate.Exit();
        }
    }

    private ModelRefresh Look()
    {
        PromotionState state;
        try
        {
            state = _registry.StateOf(_name);
        }
        catch (Exception exception) when (exception is ModelFormatException or IOException or UnauthorizedAccessException)
        {
            return Refuse(null, exception.Message);
        }

        if (state.Generation == _generation)
        {
            return new ModelRefresh(ModelRefreshOutcome.Unchanged, state.Version);
        }

        _generation = state.Generation;
        return state.Version is { } version ? Bring(version) : new ModelRefresh(ModelRefreshOutcome.Unchanged);
    }

    private ModelRefresh Bring(string version)
    {
        try
        {
            ModelFile file = _registry.Load(_name, version);
            IRanker ranker = _loader.Load(file, _slot.Current.Layout);
            WarmUpReport report = _warmUp.Run(ranker, Requests(file.Card));
            if (!report.IsAccepted)
            {
                return Refuse(version, report.Problem!, report);
            }

            _slot.Publish(ranker);
            Interlocked.Increment(ref _published);
            return new ModelRefresh(ModelRefreshOutcome.Published, version, WarmUp: report);
        }
        catch (IOException exception)
        {
            // The file may be there the next time: a disk of the network comes back.
            _generation = 0;
            return Refuse(version, exception.Message);
        }
        catch (Exception exception) when (exception is ModelFormatException or ModelMismatchException or ModelRegistryException
            or ArgumentException or UnauthorizedAccessException)
        {
            return Refuse(version, exception.Message);
        }
    }

    private ImmutableArray<WarmUpRequest> Requests(ModelCard card)
    {
        ImmutableArray<WarmUpRequest> captured = _options.Requests?.Invoke() ?? [];
        return captured.IsDefaultOrEmpty
            ? SyntheticRequests.Make(card.Layout ?? ModelLayout.Of(_slot.Current.Layout), WarmUpRequests, WarmUpCandidates)
            : captured;
    }

    private ModelRefresh Refuse(string? version, string reason, WarmUpReport? report = null)
    {
        Interlocked.Increment(ref _refused);
        return new ModelRefresh(ModelRefreshOutcome.Refused, version, reason, report);
    }
}
