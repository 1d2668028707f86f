using System.Collections.Immutable;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml;

/// <summary>Ranks titles for viewers from what it has seen of them, and writes what it chose as events.</summary>
/// <remarks>
/// It is fed by the pipeline: with events (catalogue rows, changes of consent) and with the facts of views. <see cref="Rank"/> retrieves
/// candidates, reads their features, scores them and fills the slate; it is thread-safe, reads no clock, takes no lock that a writer holds
/// and
/// allocates nothing once warm. The same state and request give the same order. Made by <see cref="CreateBuilder"/>.
/// </remarks>
public sealed class Recommender : IEventConsumer, IViewFactConsumer, IDisposable
{
    private readonly Dictionary<string, Surface> _surfaces;
    private readonly Pseudonymizer _pseudonymizer;
    private readonly DecisionWriter _decisions;
    private readonly FeatureVector _vector;
    private readonly WorkspacePool _workspaces;
    private long _requests;
    private long _emptyRequests;
    private long _slots;
    private long _written;
    private long _lost;
    private long _withheld;

    internal Recommender(RecommenderBuilder builder, Dictionary<string, Surface> surfaces, Func<IEventReceiver>? receivers)
    {
        _surfaces = surfaces;
        _pseudonymizer = builder.Pseudonymizer;
        Catalogue = builder.Catalogue;
        Features = builder.Features;
        Surfaces = [.. surfaces.Keys.Order(StringComparer.Ordinal)];
        _vector = new FeatureVector(Features, Catalogue);
        _decisions = new DecisionWriter(builder.Vocabulary, builder.Pseudonymizer, builder.Options.Source);
        int candidates = builder.Options.MaxCandidates;
        int scratch = surfaces.Values.Max(surface => surface.Ranker.ScratchBytes(candidates));
        _workspaces = new WorkspacePool(
            builder.Options.MaxConcurrentRequests,
            () => new RankWorkspace(candidates, scratch, receivers?.Invoke()));
    }

    /// <summary>The titles that may be recommended.</summary>
    public Catalogue Catalogue { get; }

    /// <summary>What is remembered of titles and viewers.</summary>
    public FeatureStore Features { get; }

    /// <summary>The names of the surfaces.</summary>
    public ImmutableArray<string> Surfaces { get; }

    /// <summary>What has been done so far.</summary>
    public RecommenderTotals Totals => new(
        Interlocked.Read(ref _requests),
        Interlocked.Read(ref _emptyRequests),
        Interlocked.Read(ref _slots),
        Interlocked.Read(ref _written),
        Interlocked.Read(ref _lost),
        Interlocked.Read(ref _withheld));

    /// <summary>Begins a recommender.</summary>
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

    /// <summary>Which model ranks a surface.</summary>
    /// <param name="surface">The surface's name.</param>
    /// <exception cref="ArgumentException">There is no such surface.</exception>
    public ModelInfo ModelOf(string surface) => SurfaceOf(surface).Ranker.Info;

    /// <inheritdoc/>
    /// <remarks>Takes catalogue rows, and forgets viewers who withdraw their consent to personalisation.</remarks>
    public void Consume(in EventBatch batch)
    {
        Catalogue.Consume(batch);
        foreach (ref readonly StreamEvent streamEvent in batch.Events)
        {
            if (streamEvent.Kind == EventKind.ConsentChange
                && (streamEvent.ReadPayload<ConsentPayload>().Granted & ConsentPurposes.Personalisation) == 0)
            {
                Features.Forget(streamEvent.Viewer);
                Features.Forget(streamEvent.Device);
            }
        }
    }

    /// <inheritdoc/>
    public void Consume(ReadOnlySpan<ViewFact> facts) => Features.Consume(facts);

    /// <summary>Ranks titles.</summary>
    /// <param name="request">For whom, when and where.</param>
    /// <param name="destination">Room for the slate: the best title first, as many as there is room and there are titles.</param>
    /// <returns>How many slots are filled; 0 if the catalogue has nothing to show.</returns>
    /// <exception cref="ArgumentException">The request has no id, or there is no such surface.</exception>
    /// <exception cref="ObjectDisposedException">The recommender is disposed.</exception>
    public int Rank(in RankRequest request, Span<RankedTitle> destination)
    {
        Surface surface = SurfaceOf(request.Surface);
        RequestId id = _pseudonymizer.Request(request.Id);
        if (id.IsNone)
        {
            throw new ArgumentException("A request needs an id.", nameof(request));
        }

        RankWorkspace workspace = _workspaces.Rent();
        try
        {
            int count = Choose(request, id, surface, workspace, destination);
            Interlocked.Increment(ref _requests);
            if (count == 0)
            {
                Interlocked.Increment(ref _emptyRequests);
            }
            else
            {
                Record(request, id, surface, destination[..count], workspace.Receiver);
            }

            return count;
        }
        finally
        {
            _workspaces.Return(workspace);
        }
    }

    /// <summary>Waits for the requests under way, closes the receivers of decisions and gives memory back; later requests are
    /// refused.</summary>
    public void Dispose()
    {
        _workspaces.Dispose();
        Features.Dispose();
    }

    private int Choose(in RankRequest request, RequestId id, Surface surface, RankWorkspace workspace, Span<RankedTitle> destination)
    {
        var query = new FeatureQuery(request.Viewer, request.Consent, request.Time);
        var candidateRequest = new CandidateRequest(query, request.Dimensions.Country);
        var candidates = new CandidateSet(workspace.Titles);
        foreach (ICandidateSource source in surface.Sources)
        {
            candidates.AddFrom(source, candidateRequest, Catalogue);
        }

        ReadOnlySpan<TitleId> titles = candidates.Titles;
        Span<float> features = workspace.Features.AsSpan(0, titles.Length * FeatureVector.Layout.Count);
        _vector.Fill(query, titles, features);
        bool personal = query.MayPersonalise;
        var context = new RankContext
        {
            Request = id,
            Time = request.Time,
            Viewer = personal ? request.Viewer : ViewerId.None,
            Household = personal ? request.Household : HouseholdId.None,
            Device = personal ? request.Device : DeviceId.None,
            Consent = request.Consent,
            Shared = request.Shared,
        };
        Span<float> scores = workspace.Scores.AsSpan(0, titles.Length);
        surface.Ranker.Score(context, new CandidateBatch(titles, features, FeatureVector.Layout), scores, workspace.Scratch);
        return TopSlots.Select(titles, scores, destination);
    }

    private void Record(in RankRequest request, RequestId id, Surface surface, ReadOnlySpan<RankedTitle> slate, IEventReceiver? receiver)
    {
        Interlocked.Add(ref _slots, slate.Length);
        if (receiver is null || (request.Consent & ConsentPurposes.Measurement) == 0)
        {
            Interlocked.Add(ref _withheld, slate.Length);
            return;
        }

        int written = _decisions.Write(request, id, surface, slate, receiver);
        Interlocked.Add(ref _written, written);
        Interlocked.Add(ref _lost, slate.Length - written);
    }

    private Surface SurfaceOf(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _surfaces.TryGetValue(name, out Surface? surface)
            ? surface
            : throw new ArgumentException($"There is no surface {name}; there are: {string.Join(", ", Surfaces)}.", nameof(name));
    }
}
