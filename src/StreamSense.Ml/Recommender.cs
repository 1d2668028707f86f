using System.Collections.Immutable;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Candidates.Histories;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Decisions;

namespace StreamSense.Ml;

/// <summary>Ranks titles for viewers from what it has seen of them, and writes what it chose as events.</summary>
/// <remarks>
/// It is fed by the pipeline: with events, with the facts of views, and with sessions.
/// <see cref="Rank(in RankRequest, Span{RankedTitle})"/> retrieves candidates, reads their features, scores them and fills the slate; it
/// is thread-safe, reads no clock, takes no lock that a writer holds and allocates nothing once warm. The same state and request give the
/// same order. Made by <see cref="CreateBuilder"/>.
/// </remarks>
public sealed class Recommender : IEventConsumer, IViewFactConsumer, IPlaybackSessionConsumer, IDisposable
{
    private readonly Dictionary<string, Surface> _surfaces;
    private readonly Pseudonymizer _pseudonymizer;
    private readonly DecisionWriter _decisions;
    private readonly IDecisionLog? _log;
    private readonly SlateMaker _maker;
    private readonly WorkspacePool _workspaces;
    private readonly Func<RankWorkspace> _createTracing;
    private readonly IEventConsumer[] _eventConsumers;
    private readonly IViewFactConsumer[] _factConsumers;
    private readonly IPlaybackSessionConsumer[] _sessionConsumers;
    private readonly FeatureEngine? _ownEngine;
    private long _requests;
    private long _emptyRequests;
    private long _slots;
    private long _written;
    private long _lost;
    private long _withheld;
    private long _logged;
    private long _refused;

    internal Recommender(RecommenderBuilder builder, Dictionary<string, Surface> surfaces, IFeatureReader reader)
    {
        _surfaces = surfaces;
        _pseudonymizer = builder.Pseudonymizer;
        _log = builder.DecisionLog;
        Catalogue = builder.Catalogue;
        History = builder.History;
        Features = reader;
        Surfaces = [.. surfaces.Keys.Order(StringComparer.Ordinal)];
        _maker = new SlateMaker(Catalogue, reader, builder.Vocabulary.Terms);
        _decisions = new DecisionWriter(builder.Vocabulary, builder.Pseudonymizer, builder.Options.Source);
        _eventConsumers = builder.ConsumersOf<IEventConsumer>(surfaces.Values, reader);
        _factConsumers = builder.ConsumersOf<IViewFactConsumer>(surfaces.Values, reader);
        _sessionConsumers = builder.ConsumersOf<IPlaybackSessionConsumer>(surfaces.Values, reader);
        _ownEngine = builder.OwnEngine;
        int candidates = builder.Options.MaxCandidates;
        int scratch = surfaces.Values.Max(surface => surface.ScratchBytes(candidates));
        Func<IEventReceiver>? receivers = builder.Receivers;
        _createTracing = () => new RankWorkspace(candidates, reader.Layout.Count, scratch, receiver: null);
        _workspaces = new WorkspacePool(
            builder.Options.MaxConcurrentRequests,
            () => new RankWorkspace(candidates, reader.Layout.Count, scratch, receivers?.Invoke()));
    }

    /// <summary>The titles that may be recommended.</summary>
    public Catalogue Catalogue { get; }

    /// <summary>What viewers watched last.</summary>
    public WatchHistory History { get; }

    /// <summary>What rankers read: a <see cref="FeatureEngine"/> unless the host brought something else.</summary>
    public IFeatureReader Features { get; }

    /// <summary>The names of the surfaces.</summary>
    public ImmutableArray<string> Surfaces { get; }

    /// <summary>What has been done so far.</summary>
    public RecommenderTotals Totals => new(
        Interlocked.Read(ref _requests),
        Interlocked.Read(ref _emptyRequests),
        Interlocked.Read(ref _slots),
        Interlocked.Read(ref _written),
        Interlocked.Read(ref _lost),
        Interlocked.Read(ref _withheld))
    {
        Filtered = _maker.Filtered,
        RankingsLogged = Interlocked.Read(ref _logged),
        RankingsRefused = Interlocked.Read(ref _refused),
        Fallbacks = _maker.Fallbacks,
        Failures = _maker.Failures,
    };

    /// <summary>What each filter of each surface has kept back so far.</summary>
    public ImmutableArray<FilterTotals> Filters =>
    [
        .. Surfaces.Select(name => _surfaces[name]).SelectMany(surface => surface.Filters
            .Select(seat => new FilterTotals(surface.Name, seat.Filter.Name, seat.Refused, seat.Unknown))
            .Prepend(new FilterTotals(surface.Name, "catalogue", 0, surface.ProposalsNotInCatalogue))),
    ];

    /// <summary>How the shadow models of the surfaces compare so far.</summary>
    public ImmutableArray<ShadowTotals> Shadows =>
    [
        .. Surfaces.Select(name => _surfaces[name]).SelectMany(surface => surface.Shadows.Select(seat => seat.TotalsOf(surface.Name))),
    ];

    /// <summary>What a source, filter, ranker, policy, stage or log of the host threw last; null if nothing was thrown.</summary>
    public Exception? LastFailure => _maker.LastFailure;

    /// <summary>Begins a recommender that the host feeds itself; one that follows a pipeline is made by
    /// <see cref="RecommenderPipelineExtensions.BuildWithRecommender"/>.</summary>
    /// <param name="vocabulary">The vocabulary of the pipeline.</param>
    /// <param name="pseudonymizer">The pseudonymizer of the pipeline, so that requests join with what clients send back.</param>
    /// <param name="options">The bounds; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static RecommenderBuilder CreateBuilder(
        Vocabulary vocabulary, Pseudonymizer pseudonymizer, RecommenderOptions? options = null) =>
        new(vocabulary, pseudonymizer, options ?? new RecommenderOptions());

    /// <summary>Whether there is a surface of this name.</summary>
    /// <param name="name">The name.</param>
    public bool HasSurface(string name) => _surfaces.ContainsKey(name);

    /// <summary>Which model ranks a surface at present.</summary>
    /// <param name="surface">The surface's name.</param>
    /// <exception cref="ArgumentException">There is no such surface.</exception>
    public ModelInfo ModelOf(string surface) => SurfaceOf(surface).Model.Current.Info;

    /// <inheritdoc/>
    /// <remarks>Takes catalogue rows, and hands events on to the features, the history, and the sources and filters that take them; each
    /// forgets viewers who withdraw their consent to personalisation.</remarks>
    public void Consume(in EventBatch batch)
    {
        Catalogue.Consume(batch);
        foreach (IEventConsumer consumer in _eventConsumers)
        {
            consumer.Consume(batch);
        }
    }

    /// <inheritdoc/>
    public void Consume(ReadOnlySpan<ViewFact> facts)
    {
        foreach (IViewFactConsumer consumer in _factConsumers)
        {
            consumer.Consume(facts);
        }
    }

    /// <inheritdoc/>
    public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        foreach (IPlaybackSessionConsumer consumer in _sessionConsumers)
        {
            consumer.Add(session, watched);
        }
    }

    /// <inheritdoc/>
    public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        foreach (IPlaybackSessionConsumer consumer in _sessionConsumers)
        {
            consumer.Retract(session, watched);
        }
    }

    /// <summary>Ranks titles.</summary>
    /// <param name="request">For whom, when and where.</param>
    /// <param name="destination">Room for the slate: the best title first, as many as there is room and there are titles.</param>
    /// <returns>How many slots are filled; 0 if the catalogue has nothing to show.</returns>
    /// <exception cref="ArgumentException">The request has no id, or there is no such surface.</exception>
    /// <exception cref="ObjectDisposedException">The recommender is disposed.</exception>
    public int Rank(in RankRequest request, Span<RankedTitle> destination) => Rank(request, destination, explains: false, out _);

    /// <summary>Ranks titles, and says of each why it stands there.</summary>
    /// <remarks>Counts, writes and logs as any ranking does; the explanations are of this very ranking. Allocates, and asks the ranker
    /// once more of each title shown: for support and development, not for every request.</remarks>
    /// <param name="request">For whom, when and where.</param>
    /// <param name="destination">Room for the slate: the best title first, as many as there is room and there are titles.</param>
    /// <param name="explanations">One for each title, in the order of the slate.</param>
    /// <returns>How many slots are filled.</returns>
    /// <exception cref="ArgumentException">The request has no id, or there is no such surface.</exception>
    /// <exception cref="ObjectDisposedException">The recommender is disposed.</exception>
    public int Rank(in RankRequest request, Span<RankedTitle> destination, out ImmutableArray<RankExplanation> explanations) =>
        Rank(request, destination, explains: true, out explanations);

    /// <summary>Says why a title stands where it stands in the answer to a request, or is missing there.</summary>
    /// <remarks>
    /// Ranks once more with what is known now, and counts, writes and logs nothing. Allocates: for support and development.
    /// </remarks>
    /// <param name="request">The request.</param>
    /// <param name="title">The title.</param>
    /// <param name="slots">How many titles the request wants.</param>
    /// <exception cref="ArgumentException">The request has no id, or there is no such surface.</exception>
    public RankExplanation Explain(in RankRequest request, TitleId title, int slots = 20)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slots);
        Surface surface = SurfaceOf(request.Surface);
        var trace = new TitleTrace(title, surface, _maker.CountFailure);
        int count = _maker.Make(request, IdOf(request), surface, slots, _createTracing(), trace, out ServedModel model);
        return trace.Explain(model.Info, count);
    }

    /// <summary>Waits for the requests under way, closes the receivers of decisions and gives memory back; later requests are
    /// refused.</summary>
    public void Dispose()
    {
        _workspaces.Dispose();
        History.Dispose();
        _ownEngine?.Dispose();
    }

    private int Rank(
        in RankRequest request, Span<RankedTitle> destination, bool explains, out ImmutableArray<RankExplanation> explanations)
    {
        Surface surface = SurfaceOf(request.Surface);
        RequestId id = IdOf(request);
        ShownTrace? trace = explains ? new ShownTrace(surface, _maker.CountFailure) : null;
        explanations = [];
        RankWorkspace workspace = _workspaces.Rent();
        try
        {
            int count = _maker.Make(request, id, surface, destination.Length, workspace, trace, out ServedModel model);
            Interlocked.Increment(ref _requests);
            if (count == 0)
            {
                Interlocked.Increment(ref _emptyRequests);
                return 0;
            }

            for (int i = 0; i < count; i++)
            {
                ref readonly RankedCandidate chosen = ref workspace.Order[i];
                destination[i] = new RankedTitle(chosen.Title, chosen.Score) { Propensity = chosen.Propensity };
            }

            if (trace is not null)
            {
                explanations = _maker.Explain(request, id, surface, trace, workspace, model, destination.Length, count);
            }

            Record(request, id, surface, model, workspace, destination[..count]);
            return count;
        }
        finally
        {
            _workspaces.Return(workspace);
        }
    }

    private RequestId IdOf(in RankRequest request)
    {
        RequestId id = _pseudonymizer.Request(request.Id);
        return !id.IsNone ? id : throw new ArgumentException("A request needs an id.", nameof(request));
    }

    private void Record(
        in RankRequest request,
        RequestId id,
        Surface surface,
        ServedModel model,
        RankWorkspace workspace,
        ReadOnlySpan<RankedTitle> slate)
    {
        Interlocked.Add(ref _slots, slate.Length);
        bool mayMeasure = (request.Consent & ConsentPurposes.Measurement) != 0;
        if (workspace.Receiver is null || !mayMeasure)
        {
            Interlocked.Add(ref _withheld, slate.Length);
        }
        else
        {
            int written = _decisions.Write(request, id, surface, model, slate, workspace.Receiver);
            Interlocked.Add(ref _written, written);
            Interlocked.Add(ref _lost, slate.Length - written);
        }

        if (_log is not null && mayMeasure)
        {
            Log(request, id, surface, model.Info, workspace, workspace.Scores, slate.Length);
        }

        foreach (ShadowSeat shadow in surface.Shadows)
        {
            if (_maker.TryShadow(request, id, surface, shadow, workspace, slate.Length, out ModelInfo info)
                && _log is not null && mayMeasure)
            {
                // A shadow chose nothing: its record has candidates and scores, and an empty slate.
                Log(request, id, surface, info, workspace, workspace.ShadowScores, chosen: 0);
            }
        }
    }

    private void Log(
        in RankRequest request,
        RequestId id,
        Surface surface,
        ModelInfo model,
        RankWorkspace workspace,
        ReadOnlySpan<float> scores,
        int chosen)
    {
        bool personal = (request.Consent & ConsentPurposes.Personalisation) != 0;
        int candidates = workspace.Candidates.Count;
        for (int i = 0; i < chosen; i++)
        {
            workspace.Chosen[i] = workspace.Order[i].Candidate;
            workspace.Propensities[i] = workspace.Order[i].Propensity;
        }

        var record = new RankingRecord
        {
            Request = id,
            Surface = surface.Hash,
            Time = request.Time,
            Viewer = personal ? request.Viewer : ViewerId.None,
            Household = personal ? request.Household : HouseholdId.None,
            Device = personal ? request.Device : DeviceId.None,
            Visit = request.Visit,
            Consent = request.Consent,
            Dimensions = request.Dimensions,
            SurfaceName = surface.Symbol,
            Shared = request.Shared,
            Layout = _maker.Layout,
            StorePosition = workspace.StorePosition,
            Model = model,
            Candidates = workspace.Candidates.Titles,
            Features = workspace.Features.AsSpan(0, candidates * _maker.Layout.Count),
            Scores = scores[..candidates],
            Chosen = workspace.Chosen.AsSpan(0, chosen),
            Propensities = workspace.Propensities.AsSpan(0, chosen),
        };
        bool taken = false;
        try
        {
            taken = _log!.TryAppend(record);
        }
        catch (Exception thrown)
        {
            _maker.CountFailure(thrown);
        }

        Interlocked.Increment(ref taken ? ref _logged : ref _refused);
    }

    private Surface SurfaceOf(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _surfaces.TryGetValue(name, out Surface? surface)
            ? surface
            : throw new ArgumentException($"There is no surface {name}; there are: {string.Join(", ", Surfaces)}.", nameof(name));
    }
}
