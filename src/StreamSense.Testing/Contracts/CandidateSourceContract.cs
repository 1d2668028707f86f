using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;

namespace StreamSense.Testing.Contracts;

/// <summary>What every <see cref="ICandidateSource"/> promises, as cases for any test framework.</summary>
public static class CandidateSourceContract
{
    private const int Room = 500;
    private const int Threads = 8;

    private static readonly (string Name, Action<ICandidateSource, CandidateRequest> Check)[] _promises =
    [
        ("Retrieve_KnownRequest_ProposesSomething", ProposesSomething),
        ("Retrieve_AnyRoom_StaysWithinIt", StaysWithinRoom),
        ("Retrieve_EachTitle_ComesOnce", EachOnce),
        ("Retrieve_Twice_GivesTheSameTitles", SameTwice),
        ("Retrieve_LittleRoom_GivesTheFrontOfMuchRoom", FrontOfMuchRoom),
        ("Retrieve_ManyThreads_GivesTheSameTitles", SameOnThreads),
        ("Retrieve_Warm_AllocatesNothing", AllocatesNothing),
        ("Retrieve_NobodyWithoutConsent_DoesNotThrow", TakesNobody),
    ];

    /// <summary>The names of the cases.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _promises.Select(promise => promise.Name)];

    /// <summary>The cases for a source.</summary>
    /// <param name="create">Makes the source, filled so that it has something to propose; called once a case.</param>
    /// <param name="request">A request for which it proposes something.</param>
    public static IReadOnlyList<ContractCase> CasesFor(Func<ICandidateSource> create, CandidateRequest request)
    {
        ArgumentNullException.ThrowIfNull(create);
        return [.. _promises.Select(promise => new ContractCase(promise.Name, () => promise.Check(create(), request)))];
    }

    private static void ProposesSomething(ICandidateSource source, CandidateRequest request) =>
        Promise.Keep(Retrieve(source, request, Room).Length > 0, "For the given request nothing is proposed.");

    private static void StaysWithinRoom(ICandidateSource source, CandidateRequest request)
    {
        foreach (int room in (ReadOnlySpan<int>)[0, 1, 2, 7, Room])
        {
            var destination = new TitleId[room];
            int count = source.Retrieve(request, destination);
            Promise.Keep(count >= 0 && count <= room, $"{count} titles are said to be in room for {room}.");
            Promise.Keep(!destination.AsSpan(0, count).Contains(TitleId.None), "A title that is none is proposed.");
        }
    }

    private static void EachOnce(ICandidateSource source, CandidateRequest request)
    {
        TitleId[] titles = Retrieve(source, request, Room);
        Promise.Keep(titles.Distinct().Count() == titles.Length, "A title is proposed twice.");
    }

    private static void SameTwice(ICandidateSource source, CandidateRequest request) =>
        Promise.Keep(
            Retrieve(source, request, Room).SequenceEqual(Retrieve(source, request, Room)),
            "The same request gets other titles, or another order.");

    private static void FrontOfMuchRoom(ICandidateSource source, CandidateRequest request)
    {
        TitleId[] all = Retrieve(source, request, Room);
        TitleId[] few = Retrieve(source, request, (all.Length + 1) / 2);
        Promise.Keep(
            few.AsSpan().SequenceEqual(all.AsSpan(0, few.Length)),
            "With less room other titles are proposed than the first of those with more.");
    }

    private static void SameOnThreads(ICandidateSource source, CandidateRequest request)
    {
        TitleId[] expected = Retrieve(source, request, Room);
        int differ = 0;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            for (int round = 0; round < 25; round++)
            {
                if (!Retrieve(source, request, Room).SequenceEqual(expected))
                {
                    Interlocked.Increment(ref differ);
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Promise.Keep(differ == 0, $"On many threads {differ} answers differ.");
    }

    private static void AllocatesNothing(ICandidateSource source, CandidateRequest request)
    {
        var destination = new TitleId[Room];
        Promise.AllocatesNothing(() => source.Retrieve(request, destination), "Retrieve");
    }

    private static void TakesNobody(ICandidateSource source, CandidateRequest request)
    {
        var nobody = new CandidateRequest(
            request.Features with { Viewer = ViewerId.None, Consent = ConsentPurposes.None }, Symbol.None);
        Retrieve(source, nobody, Room);
    }

    private static TitleId[] Retrieve(ICandidateSource source, CandidateRequest request, int room)
    {
        var destination = new TitleId[room];
        return destination[..source.Retrieve(request, destination)];
    }
}
