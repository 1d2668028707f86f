using System.Runtime.InteropServices;
using StreamSense.Core.Admission;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;

namespace StreamSense.Core.Metrics;

/// <summary>How well each source delivers: losses, duplicates, lateness, clocks, views without end, and what the door refused.</summary>
/// <remarks>Immutable; safe on any thread. The worst sender stands first.</remarks>
public sealed class Scorecard
{
    private Scorecard(IReadOnlyList<SourceScore> sources, IReadOnlyList<DoorScore> doors)
    {
        Sources = sources;
        Doors = doors;
    }

    /// <summary>The sources and their app versions, those with most problems first, then by name.</summary>
    public IReadOnlyList<SourceScore> Sources { get; }

    /// <summary>The formats, those with most refused records first, then by name.</summary>
    public IReadOnlyList<DoorScore> Doors { get; }

    /// <summary>The scorecard of a closed set that has been handed on.</summary>
    /// <param name="vocabulary">The names of the set.</param>
    /// <param name="set">The set.</param>
    /// <param name="sessions">The stage that the set was handed on to, its views closed.</param>
    /// <param name="counters">What came to the door.</param>
    public static Scorecard Of(Vocabulary vocabulary, ClosedSet set, SessionStage sessions, IngestCounters counters)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(sessions);
        ArgumentNullException.ThrowIfNull(counters);
        return Merge(vocabulary, [new ScorecardPartial(set.Arrivals().Copy(), sessions.CopyEnds())], counters);
    }

    internal static Scorecard Merge(Vocabulary vocabulary, IEnumerable<ScorecardPartial> partials, IngestCounters counters)
    {
        var arrivals = new Dictionary<SourceKey, SourceArrivals>();
        var ends = new Dictionary<SourceKey, ViewEnds>();
        foreach (ScorecardPartial partial in partials)
        {
            foreach ((SourceKey key, SourceArrivals part) in partial.Arrivals)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(arrivals, key, out _) ??= new SourceArrivals();
                arrivals[key].Merge(part);
            }

            foreach ((ContextId id, ViewEnds part) in partial.Ends)
            {
                EventContext context = vocabulary.Contexts[id];
                CollectionsMarshal.GetValueRefOrAddDefault(ends, new SourceKey(context.Source, context.App), out _).Add(part);
            }
        }

        // A view whose source found no row of its own counts where its records do; one whose events named source and app apart has no
        // records of both.
        foreach ((SourceKey key, ViewEnds part) in ends.ToArray())
        {
            if (!arrivals.ContainsKey(key) && arrivals.ContainsKey(SourceKey.Other))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(ends, SourceKey.Other, out _).Add(part);
            }
            else
            {
                arrivals.TryAdd(key, new SourceArrivals());
            }
        }

        IEnumerable<SourceScore> sources = arrivals
            .Select(row => ScoreOf(vocabulary, row.Key, row.Value, ends.GetValueOrDefault(row.Key)))
            .OrderByDescending(score => score.Problems)
            .ThenBy(score => score.Source, StringComparer.Ordinal)
            .ThenBy(score => score.App, StringComparer.Ordinal);
        IEnumerable<DoorScore> doors = counters.ByFormat()
            .Select(door => new DoorScore { Format = door.Format, Offered = door.Offered, Rejected = ByReason(door.Rejected) })
            .OrderByDescending(door => door.Rejected.Values.Sum())
            .ThenBy(door => door.Format, StringComparer.Ordinal);
        return new Scorecard([.. sources], [.. doors]);
    }

    private static SourceScore ScoreOf(Vocabulary vocabulary, SourceKey key, SourceArrivals arrivals, in ViewEnds ends) => new()
    {
        Source = vocabulary.Sources.NameOf(key.Source) ?? "",
        App = vocabulary.Apps.NameOf(key.App) ?? "",
        Accepted = arrivals.Accepted,
        Duplicates = arrivals.Duplicates,
        Late = arrivals.Late,
        Delayed = arrivals.Delayed,
        Lateness = SpreadOfTime.OfMilliseconds(arrivals.Lateness),
        Missing = Math.Max(0, arrivals.Missing),
        Skewed = arrivals.Skewed,
        ClockSkew = SpreadOfTime.OfMilliseconds(arrivals.Skew),
        ViewsEnded = ends.Ended,
        ViewsWithoutEnd = ends.BySilence,
        Visits = arrivals.Visits,
        BotVisits = arrivals.BotVisits,
        BotEvents = arrivals.BotRecords,
    };

    private static Dictionary<RejectReason, long> ByReason(long[] rejected)
    {
        var byReason = new Dictionary<RejectReason, long>();
        for (int reason = 1; reason < rejected.Length; reason++)
        {
            if (rejected[reason] > 0)
            {
                byReason.Add((RejectReason)reason, rejected[reason]);
            }
        }

        return byReason;
    }
}
