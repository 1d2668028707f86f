using StreamSense.Core.Events;
using StreamSense.Ml.Ranking;

namespace StreamSense.Testing.Contracts;

/// <summary>What every <see cref="IRanker"/> promises, as cases for any test framework.</summary>
public static class RankerContract
{
    private const int Candidates = 53;
    private const int Threads = 8;

    private static readonly (string Name, Action<IRanker> Check)[] _promises =
    [
        ("Info_AndLayout_Agree", InfoAgrees),
        ("Score_RandomAndMissingFeatures_IsNeverNaN", NeverNaN),
        ("Score_Twice_GivesTheSameBits", SameTwice),
        ("Score_OneByOne_GivesTheBitsOfTheBatch", SameAlone),
        ("Score_NoCandidates_DoesNothing", ranker => Score(ranker, [], [])),
        ("Score_ManyThreads_GivesTheSameBits", SameOnThreads),
        ("Score_Warm_AllocatesNothing", AllocatesNothing),
        ("Score_TooLittleRoom_Refuses", RefusesLittleRoom),
        ("Explain_AnyCandidate_AddsUpToTheScore", ExplainsScore),
    ];

    /// <summary>The names of the cases.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _promises.Select(promise => promise.Name)];

    /// <summary>The cases for a ranker.</summary>
    /// <param name="create">Makes the ranker; called once a case.</param>
    public static IReadOnlyList<ContractCase> CasesFor(Func<IRanker> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return [.. _promises.Select(promise => new ContractCase(promise.Name, () => promise.Check(create())))];
    }

    private static void InfoAgrees(IRanker ranker)
    {
        Promise.Keep(
            ranker.Layout.Hash == ranker.Info.LayoutHash,
            $"Info tells the layout {ranker.Info.LayoutHash:x16}, Layout is {ranker.Layout.Hash:x16}.");
        Promise.Keep(ranker.Info.Name.Length > 0 && ranker.Info.Version.Length > 0, "Info has a name and a version.");
    }

    private static void NeverNaN(IRanker ranker)
    {
        foreach (double missingShare in (ReadOnlySpan<double>)[0, 0.3, 1])
        {
            float[] scores = Score(ranker, Titles(Candidates), Features(ranker, Candidates, missingShare));
            int place = Array.FindIndex(scores, float.IsNaN);
            Promise.Keep(place < 0, $"Score {place} is NaN with {missingShare:p0} of the features missing.");
        }
    }

    private static void SameTwice(IRanker ranker)
    {
        float[] features = Features(ranker, Candidates, missingShare: 0.2);
        Promise.KeepBits(
            Score(ranker, Titles(Candidates), features), Score(ranker, Titles(Candidates), features), "The same batch, the same scores");
    }

    private static void SameAlone(IRanker ranker)
    {
        TitleId[] titles = Titles(Candidates);
        float[] features = Features(ranker, Candidates, missingShare: 0.2);
        float[] together = Score(ranker, titles, features);
        for (int i = 0; i < Candidates; i++)
        {
            float[] own = [.. Enumerable.Range(0, ranker.Layout.Count).Select(column => features[(column * Candidates) + i])];
            Promise.KeepBits([together[i]], Score(ranker, [titles[i]], own), $"Candidate {i} alone, the score of the batch");
        }
    }

    private static void SameOnThreads(IRanker ranker)
    {
        float[] features = Features(ranker, Candidates, missingShare: 0.2);
        float[] expected = Score(ranker, Titles(Candidates), features);
        Exception? violation = null;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            try
            {
                for (int round = 0; round < 25; round++)
                {
                    Promise.KeepBits(expected, Score(ranker, Titles(Candidates), features), "On many threads, the same scores");
                }
            }
            catch (Exception thrown)
            {
                Interlocked.CompareExchange(ref violation, thrown, null);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Promise.Keep(violation is null, $"On many threads: {violation?.Message}");
    }

    private static void AllocatesNothing(IRanker ranker)
    {
        TitleId[] titles = Titles(Candidates);
        float[] features = Features(ranker, Candidates, missingShare: 0.2);
        var scores = new float[Candidates];
        var scratch = new byte[ranker.ScratchBytes(Candidates)];
        Promise.AllocatesNothing(
            () => ranker.Score(default, new CandidateBatch(titles, features, ranker.Layout), scores, scratch), "Score");
    }

    private static void RefusesLittleRoom(IRanker ranker)
    {
        float[] features = Features(ranker, 2, missingShare: 0);
        Promise.Refuses(
            () => ranker.Score(
                default, new CandidateBatch(Titles(2), features, ranker.Layout), new float[1], new byte[ranker.ScratchBytes(2)]),
            "Score with room for one of two scores");
    }

    private static void ExplainsScore(IRanker ranker)
    {
        if (ranker is not IExplainingRanker explaining)
        {
            return;
        }

        TitleId[] titles = Titles(Candidates);
        float[] features = Features(ranker, Candidates, missingShare: 0.2);
        float[] scores = Score(ranker, titles, features);
        var contributions = new float[ranker.Layout.Count];
        for (int i = 0; i < Candidates; i++)
        {
            explaining.Explain(default, new CandidateBatch(titles, features, ranker.Layout), i, contributions);
            float sum = explaining.Intercept + contributions.Sum();
            float allowed = 1e-3f * Math.Max(1, contributions.Sum(Math.Abs));
            Promise.Keep(
                Math.Abs(scores[i] - sum) <= allowed,
                $"The contributions of candidate {i} add up to {sum:g9}; its score is {scores[i]:g9}.");
        }
    }

    private static TitleId[] Titles(int count) =>
        [.. Enumerable.Range(1, count).Select(i => new TitleId((ulong)i * 0x9e3779b97f4a7c15UL))];

    private static float[] Score(IRanker ranker, TitleId[] titles, float[] features)
    {
        var scores = new float[titles.Length];
        var scratch = new byte[ranker.ScratchBytes(titles.Length)];

        // What is in scratch and scores before a call means nothing.
        Array.Fill(scratch, (byte)0xff);
        Array.Fill(scores, float.NaN);
        ranker.Score(default, new CandidateBatch(titles, features, ranker.Layout), scores, scratch);
        return scores;
    }

    private static float[] Features(IRanker ranker, int count, double missingShare)
    {
        var random = new Random(17);
        return
        [
            .. Enumerable.Range(0, count * ranker.Layout.Count)
                .Select(_ => random.NextDouble() < missingShare ? float.NaN : (float)(random.NextDouble() * 20) - 10),
        ];
    }
}
