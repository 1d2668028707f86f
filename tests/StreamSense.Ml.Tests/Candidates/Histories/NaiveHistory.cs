using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;

namespace StreamSense.Ml.Tests.Candidates.Histories;

/// <summary>What a history should remember, kept as all facts and computed from scratch for each question.</summary>
internal sealed class NaiveHistory(IReadOnlyDictionary<TitleId, double> durationSeconds)
{
    private readonly List<ViewFact> _facts = [];

    public void Add(ViewFact fact) => _facts.Add(fact);

    public State? Of(ViewerId viewer, TitleId title)
    {
        ViewFact[] told = [.. _facts.Where(fact => fact.Viewer == viewer && fact.Title == title
            && (fact.Consent & ConsentPurposes.Personalisation) != 0 && IsTold(fact))];
        if (told.Length == 0)
        {
            return null;
        }

        double playhead = PlayheadOf(told);
        bool finished = IsAtEnd(title, playhead) || IsCompleted(told[^1]);
        return new State(
            told[^1].Time,
            !finished && !told[^1].Live && playhead >= 30,
            Enumerable.Range(0, told.Length).Any(i => EverFinishedAt(title, told[..(i + 1)])));
    }

    private static bool IsEnd(ViewFact fact) => fact.Kind == ViewFactKind.Ended && fact.PlayMicroseconds > 0;

    private static bool IsTold(ViewFact fact) => fact.Kind is ViewFactKind.FirstFrame or ViewFactKind.Progress || IsEnd(fact);

    private static bool IsCompleted(ViewFact fact) => fact.Kind == ViewFactKind.Ended && fact.Reason == EndReason.Completed && !fact.Live;

    private static double PlayheadOf(ViewFact[] told) => told
        .Where(fact => fact.PlayheadMicroseconds != Absent.Time || fact.Kind == ViewFactKind.FirstFrame)
        .Select(fact => fact.PlayheadMicroseconds == Absent.Time ? 0 : fact.PlayheadMicroseconds / 1e6)
        .LastOrDefault();

    private bool EverFinishedAt(TitleId title, ViewFact[] soFar) =>
        !soFar[^1].Live && (IsCompleted(soFar[^1]) || IsAtEnd(title, PlayheadOf(soFar)));

    private bool IsAtEnd(TitleId title, double playhead) =>
        durationSeconds.TryGetValue(title, out double duration) && playhead >= 0.9 * duration;

    internal readonly record struct State(EventTime LastWatched, bool InProgress, bool Finished);
}
