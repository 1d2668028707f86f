using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Policies;
using StreamSense.Ml.Ranking.Stages;

namespace StreamSense.Ml;

/// <summary>Takes a request through a surface: retrieve, filter, features, scores, choice, stages.</summary>
/// <remarks>
/// What a host plugs in may throw, and the request is answered all the same: a source or a stage that throws is left out, a filter that
/// throws lets nothing through, a policy that throws is replaced by the greedy one, and where the ranker throws the order of the sources
/// is shown. Each is counted, and the last exception is kept.
/// </remarks>
internal sealed class SlateMaker(Catalogue catalogue, IFeatureReader reader, SymbolTable terms)
{
    private readonly ServedModel _fallback = FallbackOf(reader.Layout, terms);

    private long _fallbacks;
    private long _failures;
    private long _filtered;
    private Exception? _lastFailure;

    /// <summary>Rankings shown in the order of the sources because the ranker threw.</summary>
    public long Fallbacks => Interlocked.Read(ref _fallbacks);

    /// <summary>Other parts that threw.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Candidates kept back by filters.</summary>
    public long Filtered => Interlocked.Read(ref _filtered);

    /// <summary>What was thrown last, or null.</summary>
    public Exception? LastFailure => Volatile.Read(ref _lastFailure);

    /// <summary>What the columns of the features mean.</summary>
    public FeatureLayout Layout => reader.Layout;

    /// <summary>Counts what a host's part threw.</summary>
    public void CountFailure(Exception thrown)
    {
        Interlocked.Increment(ref _failures);
        Volatile.Write(ref _lastFailure, thrown);
    }

    /// <summary>Fills a workspace.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">Its id.</param>
    /// <param name="surface">The surface.</param>
    /// <param name="slots">How many titles are wanted.</param>
    /// <param name="workspace">The memory.</param>
    /// <param name="trace">Takes notes for an explanation, or null.</param>
    /// <param name="model">The model whose scores counted.</param>
    /// <returns>How many titles of the workspace's order are to be shown.</returns>
    public int Make(
        in RankRequest request,
        RequestId id,
        Surface surface,
        int slots,
        RankWorkspace workspace,
        SlateTrace? trace,
        out ServedModel model)
    {
        model = surface.Serve(terms);
        var query = new FeatureQuery(request.Viewer, request.Consent, request.Time)
        {
            Household = request.Household,
            Device = request.Device,
            Visit = request.Visit,
            Dimensions = request.Dimensions,
            Surface = surface.Symbol,
        };
        var candidateRequest = new CandidateRequest(query, request.Dimensions.Country)
        {
            Request = id,
            MaxAge = request.MaxAge,
            Kids = request.Kids,
        };
        CandidateRoom candidates = workspace.Candidates;
        Retrieve(surface, candidateRequest, candidates, trace);
        Filter(surface, candidateRequest, candidates, trace);
        if (candidates.Count == 0)
        {
            return 0;
        }

        RankContext context = ContextOf(request, id, surface, slots);
        Span<float> features = workspace.Features.AsSpan(0, candidates.Count * reader.Layout.Count);
        var batch = new CandidateBatch(candidates.Titles, features, reader.Layout);
        Span<byte> scratch = workspace.ScratchOf(surface.ScratchBytes(candidates.Count, model.Ranker));
        Score(query, context, batch, features, workspace, scratch, ref model);
        trace?.Score(context, batch, workspace.Scores.AsSpan(0, batch.Count), model);
        int count = Choose(context, batch, surface, workspace, scratch);
        trace?.Place(surface.Policy.Name, workspace.Order.AsSpan(0, count));
        count = Restage(context, batch, surface, workspace, scratch, count, trace);
        return Math.Min(count, slots);
    }

    /// <summary>Lets a shadow model score what a workspace holds.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">Its id.</param>
    /// <param name="surface">The surface.</param>
    /// <param name="shadow">The shadow model's seat.</param>
    /// <param name="workspace">The memory, as <see cref="Make"/> left it.</param>
    /// <param name="slots">How many titles are shown.</param>
    /// <param name="model">Which model it is.</param>
    /// <returns>Whether it scored.</returns>
    public bool TryShadow(
        in RankRequest request,
        RequestId id,
        Surface surface,
        ShadowSeat shadow,
        RankWorkspace workspace,
        int slots,
        out ModelInfo model)
    {
        IRanker ranker = shadow.Model.Current;
        model = ranker.Info;
        int count = workspace.Candidates.Count;
        var batch = new CandidateBatch(
            workspace.Candidates.Titles, workspace.Features.AsSpan(0, count * reader.Layout.Count), reader.Layout);
        Span<byte> scratch = workspace.ScratchOf(Math.Max(ranker.ScratchBytes(count), TopSlots.ScratchBytes(count)));
        try
        {
            ranker.Score(ContextOf(request, id, surface, slots), batch, workspace.ShadowScores.AsSpan(0, count), scratch);
        }
        catch (Exception thrown)
        {
            shadow.CountFailure();
            Volatile.Write(ref _lastFailure, thrown);
            return false;
        }

        Span<SlotChoice> best = workspace.Choices.AsSpan(0, slots);
        int found = TopSlots.Select(batch.Titles, workspace.ShadowScores.AsSpan(0, count), best, scratch);
        int agreed = 0;
        foreach (ref readonly RankedCandidate shown in workspace.Order.AsSpan(0, slots))
        {
            for (int i = 0; i < found; i++)
            {
                if (best[i].Candidate == shown.Candidate)
                {
                    agreed++;
                    break;
                }
            }
        }

        shadow.Count(slots, agreed);
        return true;
    }

    /// <summary>Says why the titles of a slate stand where they stand.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">Its id.</param>
    /// <param name="surface">The surface.</param>
    /// <param name="trace">What was noted while the slate was made.</param>
    /// <param name="workspace">The memory, as <see cref="Make"/> left it.</param>
    /// <param name="model">The model whose scores counted.</param>
    /// <param name="slots">How many titles were wanted.</param>
    /// <param name="shown">How many titles are shown.</param>
    public ImmutableArray<RankExplanation> Explain(
        in RankRequest request,
        RequestId id,
        Surface surface,
        ShownTrace trace,
        RankWorkspace workspace,
        ServedModel model,
        int slots,
        int shown)
    {
        Span<float> features = workspace.Features.AsSpan(0, workspace.Candidates.Count * reader.Layout.Count);
        var batch = new CandidateBatch(workspace.Candidates.Titles, features, reader.Layout);
        return trace.Explain(ContextOf(request, id, surface, slots), batch, workspace, model, shown);
    }

    private static RankContext ContextOf(in RankRequest request, RequestId id, Surface surface, int slots)
    {
        bool personal = !request.Viewer.IsNone && (request.Consent & ConsentPurposes.Personalisation) != 0;
        return new RankContext
        {
            Request = id,
            Time = request.Time,
            Viewer = personal ? request.Viewer : ViewerId.None,
            Household = personal ? request.Household : HouseholdId.None,
            Device = personal ? request.Device : DeviceId.None,
            Consent = request.Consent,
            Dimensions = request.Dimensions,
            Surface = surface.Symbol,
            Slots = slots,
            Shared = request.Shared,
        };
    }

    private static ServedModel FallbackOf(FeatureLayout layout, SymbolTable terms)
    {
        var ranker = new SourceOrderRanker(layout);
        return new ServedModel(ranker, ranker.Info, terms.Intern(ranker.Info.ToString()));
    }

    private void Retrieve(Surface surface, in CandidateRequest request, CandidateRoom candidates, SlateTrace? trace)
    {
        candidates.Clear();
        for (int place = 0; place < surface.Sources.Length; place++)
        {
            SourceSeat seat = surface.Sources[place];
            try
            {
                candidates.AddFrom(seat.Source, place, seat.AtMost, request, catalogue);
            }
            catch (Exception thrown)
            {
                CountFailure(thrown);
            }
        }

        trace?.Retrieve(candidates);
        if (trace is not { IsShown: false } && candidates.NotInCatalogue > 0)
        {
            surface.NotInCatalogue(candidates.NotInCatalogue);
            Interlocked.Add(ref _filtered, candidates.NotInCatalogue);
        }
    }

    private void Filter(Surface surface, in CandidateRequest request, CandidateRoom candidates, SlateTrace? trace)
    {
        foreach (FilterSeat seat in surface.Filters)
        {
            if (candidates.Count == 0)
            {
                return;
            }

            trace?.Judge(seat.Filter, request, catalogue);
            int refused;
            int unknown;
            try
            {
                (refused, unknown) = candidates.Apply(seat.Filter, request);
            }
            catch (Exception thrown)
            {
                // What may be shown is not known: nothing is.
                CountFailure(thrown);
                (refused, unknown) = (0, candidates.Empty());
            }

            if (trace is not { IsShown: false } && refused + unknown > 0)
            {
                seat.Count(refused, unknown);
                Interlocked.Add(ref _filtered, refused + unknown);
            }
        }
    }

    private void Score(
        in FeatureQuery query,
        in RankContext context,
        in CandidateBatch batch,
        Span<float> features,
        RankWorkspace workspace,
        Span<byte> scratch,
        ref ServedModel model)
    {
        Span<float> scores = workspace.Scores.AsSpan(0, batch.Count);
        try
        {
            workspace.StorePosition = reader.Position;
            reader.Fill(query, batch.Titles, features);
            model.Ranker.Score(context, batch, scores, scratch);
        }
        catch (Exception thrown)
        {
            Interlocked.Increment(ref _fallbacks);
            Volatile.Write(ref _lastFailure, thrown);
            model = _fallback;
            model.Ranker.Score(context, batch, scores, scratch);
        }

        for (int i = 0; i < scores.Length; i++)
        {
            if (!float.IsFinite(scores[i]))
            {
                scores[i] = TopSlots.Finite(scores[i]);
            }
        }
    }

    // Stages choose from all candidates; without any, no more than the slate is put in order.
    private int Choose(in RankContext context, in CandidateBatch batch, Surface surface, RankWorkspace workspace, Span<byte> scratch)
    {
        int wanted = surface.Stages.Length == 0 ? Math.Min(context.Slots, batch.Count) : batch.Count;
        ReadOnlySpan<float> scores = workspace.Scores.AsSpan(0, batch.Count);
        Span<SlotChoice> choices = workspace.Choices.AsSpan(0, wanted);
        int count = -1;
        try
        {
            count = surface.Policy.Choose(context, batch, scores, choices, scratch);
        }
        catch (Exception thrown)
        {
            CountFailure(thrown);
        }

        if (!TryOrder(batch, scores, choices, count, workspace))
        {
            count = TopSlots.Select(batch.Titles, scores, choices, scratch);
            TryOrder(batch, scores, choices, count, workspace);
        }

        return count;
    }

    // A policy is a user's code: a candidate that is none, or is chosen twice, makes its choice void.
    private bool TryOrder(
        in CandidateBatch batch, ReadOnlySpan<float> scores, ReadOnlySpan<SlotChoice> choices, int count, RankWorkspace workspace)
    {
        if ((uint)count > (uint)choices.Length)
        {
            return false;
        }

        Span<int> seen = workspace.Chosen.AsSpan(0, batch.Count);
        seen.Clear();
        for (int i = 0; i < count; i++)
        {
            (int candidate, float propensity) = choices[i];
            if ((uint)candidate >= (uint)batch.Count || seen[candidate]++ != 0 || !(propensity is > 0 and <= 1))
            {
                CountFailure(new InvalidOperationException($"Choice {i} of the policy is not valid: {choices[i]}."));
                return false;
            }

            workspace.Order[i] = new RankedCandidate(candidate, batch.Titles[candidate], scores[candidate], propensity);
        }

        return true;
    }

    private int Restage(
        in RankContext context,
        in CandidateBatch batch,
        Surface surface,
        RankWorkspace workspace,
        Span<byte> scratch,
        int count,
        SlateTrace? trace)
    {
        if (surface.Stages.Length == 0)
        {
            return count;
        }

        var stageContext = new StageContext
        {
            Request = context,
            Batch = batch,
            Rows = workspace.Candidates.Rows,
            ProposedBy = workspace.Candidates.Sources,
            Sources = surface.SourceObjects,
        };
        foreach (IRankingStage stage in surface.Stages)
        {
            workspace.Order.AsSpan(0, count).CopyTo(workspace.FormerOrder);
            try
            {
                int left = stage.Apply(stageContext, workspace.Order.AsSpan(0, count), scratch);
                EnsureOrder(stage, batch, workspace, left, count);
                count = left;
            }
            catch (Exception thrown)
            {
                CountFailure(thrown);
                workspace.FormerOrder.AsSpan(0, count).CopyTo(workspace.Order);
            }

            trace?.Place(stage.Name, workspace.Order.AsSpan(0, count));
        }

        return count;
    }

    private static void EnsureOrder(IRankingStage stage, in CandidateBatch batch, RankWorkspace workspace, int left, int count)
    {
        bool isValid = (uint)left <= (uint)count;
        Span<int> seen = workspace.Chosen.AsSpan(0, batch.Count);
        seen.Clear();
        for (int i = 0; isValid && i < left; i++)
        {
            int candidate = workspace.Order[i].Candidate;
            isValid = (uint)candidate < (uint)seen.Length && seen[candidate]++ == 0;
        }

        if (!isValid)
        {
            throw new InvalidOperationException($"The stage {stage.Name} left {left} of {count} candidates, or one twice.");
        }
    }
}
