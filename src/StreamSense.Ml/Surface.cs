using System.Collections.Immutable;
using System.Numerics;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Policies;
using StreamSense.Ml.Ranking.Stages;

namespace StreamSense.Ml;

/// <summary>A place where titles are shown: where they come from, what may be shown, and what orders it.</summary>
internal sealed class Surface
{
    private ServedModel? _served;
    private long _notInCatalogue;

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>A hash of the name, the same in every process of the host.</summary>
    public required ulong Hash { get; init; }

    /// <summary>The name as a symbol of <see cref="Vocabulary.Surfaces"/>.</summary>
    public required Symbol Symbol { get; init; }

    /// <summary>The sources, in the order in which they are asked.</summary>
    public required SourceSeat[] Sources { get; init; }

    /// <summary>The sources alone, for stages.</summary>
    public required ICandidateSource[] SourceObjects { get; init; }

    /// <summary>The filters, in the order in which they judge.</summary>
    public required FilterSeat[] Filters { get; init; }

    /// <summary>What scores.</summary>
    public required ModelSlot Model { get; init; }

    /// <summary>What chooses.</summary>
    public required IRankingPolicy Policy { get; init; }

    /// <summary>The policy's name as a symbol of <see cref="Vocabulary.Terms"/>.</summary>
    public required Symbol PolicySymbol { get; init; }

    /// <summary>What reorders, in order.</summary>
    public required IRankingStage[] Stages { get; init; }

    /// <summary>What scores beside, and only counts.</summary>
    public required ShadowSeat[] Shadows { get; init; }

    /// <summary>How many proposals the catalogue did not know.</summary>
    public long ProposalsNotInCatalogue => Interlocked.Read(ref _notInCatalogue);

    /// <summary>Counts proposals that the catalogue did not know.</summary>
    /// <param name="count">How many.</param>
    public void NotInCatalogue(int count) => Interlocked.Add(ref _notInCatalogue, count);

    /// <summary>The names of sources.</summary>
    /// <param name="proposedBy">A bit a source.</param>
    public ImmutableArray<string> SourceNames(uint proposedBy)
    {
        var names = ImmutableArray.CreateBuilder<string>(BitOperations.PopCount(proposedBy));
        for (uint left = proposedBy; left != 0; left &= left - 1)
        {
            names.Add(Sources[BitOperations.TrailingZeroCount(left)].Name);
        }

        return names.MoveToImmutable();
    }

    /// <summary>The model in service with its name; a new object only after a swap.</summary>
    public ServedModel Serve(SymbolTable terms)
    {
        IRanker current = Model.Current;
        ServedModel? served = Volatile.Read(ref _served);
        if (served is null || !ReferenceEquals(served.Ranker, current))
        {
            served = new ServedModel(current, current.Info, terms.Intern(current.Info.ToString()));
            Volatile.Write(ref _served, served);
        }

        return served;
    }

    /// <summary>How much scratch a request needs with the models of this moment.</summary>
    public int ScratchBytes(int candidates)
    {
        int bytes = ScratchBytes(candidates, Model.Current);
        foreach (ShadowSeat shadow in Shadows)
        {
            bytes = Math.Max(bytes, shadow.Model.Current.ScratchBytes(candidates));
        }

        return bytes;
    }

    /// <summary>How much scratch a request needs with a model, shadows aside.</summary>
    public int ScratchBytes(int candidates, IRanker ranker)
    {
        int bytes = Math.Max(ranker.ScratchBytes(candidates), TopSlots.ScratchBytes(candidates));
        bytes = Math.Max(bytes, Policy.ScratchBytes(candidates));
        foreach (IRankingStage stage in Stages)
        {
            bytes = Math.Max(bytes, stage.ScratchBytes(candidates));
        }

        return bytes;
    }
}
