using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Stages;

namespace StreamSense.Testing.Contracts;

/// <summary>What every <see cref="IRankingStage"/> promises, as cases for any test framework.</summary>
public static class RankingStageContract
{
    private const int Candidates = 37;
    private const int Slots = 10;

    private static readonly (string Name, Action<IRankingStage, FeatureLayout> Check)[] _promises =
    [
        ("Name_IsThere", (stage, _) => Promise.Keep(stage.Name.Length > 0, "A stage has a name.")),
        ("Apply_AnyOrder_AddsNothing", AddsNothing),
        ("Apply_Twice_GivesTheSame", SameTwice),
        ("Apply_NoCandidates_LeavesNone", LeavesNone),
        ("Apply_Warm_AllocatesNothing", AllocatesNothing),
    ];

    /// <summary>The names of the cases.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _promises.Select(promise => promise.Name)];

    /// <summary>The cases for a stage.</summary>
    /// <param name="create">Makes the stage; called once a case.</param>
    /// <param name="layout">The features that it reads; null for the standard ones.</param>
    public static IReadOnlyList<ContractCase> CasesFor(Func<IRankingStage> create, FeatureLayout? layout = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        layout ??= StandardFeatures.Basic.Layout;
        return [.. _promises.Select(promise => new ContractCase(promise.Name, () => promise.Check(create(), layout)))];
    }

    private static void AddsNothing(IRankingStage stage, FeatureLayout layout)
    {
        foreach (int count in (ReadOnlySpan<int>)[1, 2, Slots, Slots + 1, Candidates])
        {
            RankedCandidate[] before = Order(count);
            RankedCandidate[] after = Apply(stage, layout, count);
            Promise.Keep(after.All(before.Contains), "A candidate is there that was not, or one was changed.");
            Promise.Keep(after.Distinct().Count() == after.Length, "A candidate is there twice.");
        }
    }

    private static void SameTwice(IRankingStage stage, FeatureLayout layout) =>
        Promise.Keep(
            Apply(stage, layout, Candidates).SequenceEqual(Apply(stage, layout, Candidates)), "The same order is changed in another way.");

    private static void LeavesNone(IRankingStage stage, FeatureLayout layout) =>
        Promise.Keep(Apply(stage, layout, 0).Length == 0, "Of no candidates some are left.");

    private static void AllocatesNothing(IRankingStage stage, FeatureLayout layout)
    {
        RankedCandidate[] order = Order(Candidates);
        CatalogueTitle[] rows = Rows(Candidates);
        TitleId[] titles = [.. rows.Select(row => row.Id)];
        var features = new float[Candidates * layout.Count];
        var scratch = new ulong[(stage.ScratchBytes(Candidates) / sizeof(ulong)) + 1];
        var sources = new uint[Candidates];
        Promise.AllocatesNothing(
            () => stage.Apply(
                ContextOf(rows, new CandidateBatch(titles, features, layout), sources),
                order,
                System.Runtime.InteropServices.MemoryMarshal.AsBytes(scratch.AsSpan())),
            "Apply");
    }

    private static RankedCandidate[] Apply(IRankingStage stage, FeatureLayout layout, int count)
    {
        RankedCandidate[] order = Order(count);
        CatalogueTitle[] rows = Rows(count);
        TitleId[] titles = [.. rows.Select(row => row.Id)];
        var scratch = new ulong[(stage.ScratchBytes(count) / sizeof(ulong)) + 1];
        Array.Fill(scratch, ulong.MaxValue);
        int left = stage.Apply(
            ContextOf(rows, new CandidateBatch(titles, new float[count * layout.Count], layout), new uint[count]),
            order,
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(scratch.AsSpan()));
        Promise.Keep(left >= 0 && left <= count, $"Of {count} candidates {left} are said to be left.");
        return order[..left];
    }

    private static StageContext ContextOf(CatalogueTitle[] rows, CandidateBatch batch, uint[] proposedBy) => new()
    {
        Request = new RankContext { Request = new RequestId(1), Slots = Slots },
        Batch = batch,
        Rows = rows,
        ProposedBy = proposedBy,
    };

    // The best first, as a policy leaves them; the places in the batch are in no order.
    private static RankedCandidate[] Order(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new RankedCandidate(
            ((i * 7) + 3) % count, IdOf(((i * 7) + 3) % count), count - i, 1)).DistinctBy(item => item.Candidate),
    ];

    private static TitleId IdOf(int place) => new((ulong)(place + 1) * 0x9e3779b97f4a7c15UL);

    // Rows with all that stages go by: genres that overlap, two series, several kinds.
    private static CatalogueTitle[] Rows(int count)
    {
        var catalogue = new Catalogue(new Vocabulary(), capacity: 64);
        string[] genres = ["drama", "noir", "comedy", "war"];
        for (int i = 0; i < count; i++)
        {
            var row = new StreamEvent { Kind = EventKind.Title, Title = IdOf(i), Time = EventTime.Earliest };
            row.PayloadAs<TitlePayload>() = new TitlePayload
            {
                DurationMicroseconds = Absent.Time,
                PublishedMicroseconds = Absent.Time,
                Series = i % 3 == 0 ? new TitleId((ulong)(i % 2) + 1) : TitleId.None,
                Season = 1,
                Episode = i,
                Type = i % 3 == 0 ? TitleType.Episode : TitleType.Movie,
            };
            string annex = $"\"genres\":[\"{genres[i % 4]}\",\"{genres[i / 4 % 4]}\"]";
            catalogue.Apply(row, System.Text.Encoding.UTF8.GetBytes(annex));
        }

        return [.. Enumerable.Range(0, count).Select(i => catalogue[i])];
    }
}
