using StreamSense.Core.Events;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Policies;

namespace StreamSense.Testing.Contracts;

/// <summary>What every <see cref="IRankingPolicy"/> promises, as cases for any test framework.</summary>
public static class RankingPolicyContract
{
    private const int Candidates = 41;

    private static readonly (string Name, Action<IRankingPolicy, FeatureLayout> Check)[] _promises =
    [
        ("Name_IsThere", (policy, _) => Promise.Keep(policy.Name.Length > 0, "A policy has a name.")),
        ("Choose_AnyRoom_FillsIt", FillsRoom),
        ("Choose_EachCandidate_ComesOnce", EachOnce),
        ("Choose_EachChoice_HasAPropensity", HasPropensity),
        ("Choose_TwiceForARequest_GivesTheSame", SameTwice),
        ("Choose_EqualScores_StillChooses", TakesEqualScores),
        ("Choose_NoCandidates_ChoosesNone", ChoosesNone),
        ("Choose_Warm_AllocatesNothing", AllocatesNothing),
    ];

    /// <summary>The names of the cases.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _promises.Select(promise => promise.Name)];

    /// <summary>The cases for a policy.</summary>
    /// <param name="create">Makes the policy; called once a case.</param>
    /// <param name="layout">The features that it reads; null for one that reads none.</param>
    public static IReadOnlyList<ContractCase> CasesFor(Func<IRankingPolicy> create, FeatureLayout? layout = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        layout ??= StandardFeatures.Basic.Layout;
        return [.. _promises.Select(promise => new ContractCase(promise.Name, () => promise.Check(create(), layout)))];
    }

    private static void FillsRoom(IRankingPolicy policy, FeatureLayout layout)
    {
        foreach (int room in (ReadOnlySpan<int>)[0, 1, 10, Candidates, Candidates + 5])
        {
            int count = Choose(policy, layout, Scores(Candidates), room, request: 1).Length;
            Promise.Keep(count == Math.Min(room, Candidates), $"{count} of {Candidates} candidates are chosen for {room} places.");
        }
    }

    private static void EachOnce(IRankingPolicy policy, FeatureLayout layout)
    {
        for (ulong request = 1; request <= 50; request++)
        {
            int[] chosen = [.. Choose(policy, layout, Scores(Candidates), Candidates, request).Select(choice => choice.Candidate)];
            Promise.Keep(chosen.All(candidate => candidate is >= 0 and < Candidates), "A candidate is chosen that is none.");
            Promise.Keep(chosen.Distinct().Count() == chosen.Length, "A candidate is chosen twice.");
        }
    }

    private static void HasPropensity(IRankingPolicy policy, FeatureLayout layout)
    {
        for (ulong request = 1; request <= 50; request++)
        {
            foreach (SlotChoice choice in Choose(policy, layout, Scores(Candidates), 10, request))
            {
                Promise.Keep(choice.Propensity is > 0 and <= 1, $"A propensity is {choice.Propensity:g9}.");
            }
        }
    }

    private static void SameTwice(IRankingPolicy policy, FeatureLayout layout) =>
        Promise.Keep(
            Choose(policy, layout, Scores(Candidates), 10, request: 7).SequenceEqual(
                Choose(policy, layout, Scores(Candidates), 10, request: 7)),
            "The same request and scores give other choices.");

    private static void TakesEqualScores(IRankingPolicy policy, FeatureLayout layout) =>
        Promise.Keep(Choose(policy, layout, new float[Candidates], 10, request: 3).Length == 10, "Equal scores give fewer choices.");

    private static void ChoosesNone(IRankingPolicy policy, FeatureLayout layout) =>
        Promise.Keep(Choose(policy, layout, [], 10, request: 3).Length == 0, "Of no candidates some are chosen.");

    private static void AllocatesNothing(IRankingPolicy policy, FeatureLayout layout)
    {
        float[] scores = Scores(Candidates);
        TitleId[] titles = Titles(Candidates);
        var features = new float[Candidates * layout.Count];
        var choices = new SlotChoice[10];
        var scratch = new ulong[(policy.ScratchBytes(Candidates) / sizeof(ulong)) + 1];
        Promise.AllocatesNothing(
            () => policy.Choose(
                ContextOf(1, choices.Length),
                new CandidateBatch(titles, features, layout),
                scores,
                choices,
                System.Runtime.InteropServices.MemoryMarshal.AsBytes(scratch.AsSpan())),
            "Choose");
    }

    private static SlotChoice[] Choose(IRankingPolicy policy, FeatureLayout layout, float[] scores, int room, ulong request)
    {
        var choices = new SlotChoice[room];
        var scratch = new ulong[(policy.ScratchBytes(scores.Length) / sizeof(ulong)) + 1];
        Array.Fill(scratch, ulong.MaxValue);
        int count = policy.Choose(
            ContextOf(request, room),
            new CandidateBatch(Titles(scores.Length), new float[scores.Length * layout.Count], layout),
            scores,
            choices,
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(scratch.AsSpan()));
        Promise.Keep(count >= 0 && count <= room, $"{count} choices are said to be in room for {room}.");
        return choices[..count];
    }

    private static RankContext ContextOf(ulong request, int slots) => new() { Request = new RequestId(request), Slots = slots };

    private static TitleId[] Titles(int count) =>
        [.. Enumerable.Range(1, count).Select(i => new TitleId((ulong)i * 0x9e3779b97f4a7c15UL))];

    private static float[] Scores(int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() * 4) - 2)];
    }
}
