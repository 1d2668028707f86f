using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;

namespace StreamSense.Ml.Tests.Features;

/// <summary>What a store should remember, kept as all facts and computed from scratch for each question.</summary>
internal sealed class NaiveMemory(double halfLifeSeconds, IReadOnlyDictionary<TitleId, double> durationSeconds)
{
    private readonly List<ViewFact> _facts = [];

    public void Add(ViewFact fact) => _facts.Add(fact);

    public double[] Features(ViewerId viewer, TitleId title, EventTime now)
    {
        ViewFact[] mine = [.. _facts.Where(fact => fact.Viewer == viewer
            && (fact.Consent & ConsentPurposes.Personalisation) != 0 && IsTold(fact))];
        ViewFact[] starts = [.. mine.Where(fact => fact.Kind == ViewFactKind.FirstFrame)];
        bool known = mine.Length > 0;
        ViewFact[] both = [.. mine.Where(fact => fact.Title == title)];
        double playhead = both.Where(fact => fact.PlayheadMicroseconds != Absent.Time || fact.Kind == ViewFactKind.FirstFrame)
            .Select(fact => fact.PlayheadMicroseconds == Absent.Time ? 0 : fact.PlayheadMicroseconds / 1e6)
            .LastOrDefault();
        bool finished = both.Length > 0 && (IsAtEnd(title, playhead) || IsCompleted(both[^1]));
        return
        [
            Math.Log(1 + Decayed(_facts.Where(fact => fact.Title == title && fact.Kind == ViewFactKind.FirstFrame), _ => 1, now)),
            Math.Log(1 + Decayed(_facts.Where(fact => fact.Title == title && IsEnd(fact)), fact => fact.WatchMicroseconds / 3.6e9, now)),
            double.NaN,
            starts.Length == 0 ? double.NaN : Hours(starts.Max(fact => fact.Time.UnixMicroseconds), now),
            known ? Math.Log(1 + Decayed(starts, _ => 1, now)) : double.NaN,
            !known ? double.NaN : both.Length > 0 && !finished && !both[^1].Live && playhead >= 30 ? 1 : 0,
            both.Length == 0 ? double.NaN : Hours(both[^1].Time.UnixMicroseconds, now),
            !known ? double.NaN : Enumerable.Range(0, both.Length).Any(i => EverFinishedAt(title, both[..(i + 1)])) ? 1 : 0,
        ];
    }

    private static bool IsEnd(ViewFact fact) => fact.Kind == ViewFactKind.Ended && fact.PlayMicroseconds > 0;

    private static bool IsTold(ViewFact fact) => fact.Kind is ViewFactKind.FirstFrame or ViewFactKind.Progress || IsEnd(fact);

    private static bool IsCompleted(ViewFact fact) => fact.Kind == ViewFactKind.Ended && fact.Reason == EndReason.Completed && !fact.Live;

    private static double Hours(long from, EventTime now) => Math.Max(0, now.UnixMicroseconds - from) / 3.6e9;

    private bool EverFinishedAt(TitleId title, ViewFact[] soFar)
    {
        ViewFact last = soFar[^1];
        double playhead = soFar.Where(fact => fact.PlayheadMicroseconds != Absent.Time || fact.Kind == ViewFactKind.FirstFrame)
            .Select(fact => fact.PlayheadMicroseconds == Absent.Time ? 0 : fact.PlayheadMicroseconds / 1e6)
            .LastOrDefault();
        return !last.Live && (IsCompleted(last) || IsAtEnd(title, playhead));
    }

    private bool IsAtEnd(TitleId title, double playhead) =>
        durationSeconds.TryGetValue(title, out double duration) && playhead >= 0.9 * duration;

    private double Decayed(IEnumerable<ViewFact> facts, Func<ViewFact, double> amount, EventTime now) =>
        facts.Sum(fact => amount(fact) * Math.Pow(2, -(now.UnixMicroseconds - fact.Time.UnixMicroseconds) / 1e6 / halfLifeSeconds));
}
