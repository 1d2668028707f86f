using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Failures;
using StreamSense.Core.Privacy;
using StreamSense.Tool.Converting;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Failures;

/// <summary>Brings failed records to the door once more, and writes those that pass now.</summary>
internal static class FailedReplay
{
    private const int Names = 1 << 20;

    /// <summary>Replays.</summary>
    /// <param name="failures">The records.</param>
    /// <param name="form">How events are written: one of <see cref="EventOutput.Names"/>.</param>
    /// <param name="output">Where to.</param>
    /// <param name="key">The key of the pseudonyms: that of the store, so that events join with those of before.</param>
    /// <param name="mapFile">The mapping for records that a mapping read; null if none is given.</param>
    /// <exception cref="InputException">A format needs a mapping, or the output cannot be written.</exception>
    public static ReplayReport Run(
        IReadOnlyList<StoredFailure> failures, string form, Stream output, PseudonymKey key, string? mapFile)
    {
        var vocabulary = new Vocabulary(titleCapacity: Names);
        EventOutput events = EventOutput.Open(form, output, vocabulary);
        var context = new SourceContext(vocabulary, new Pseudonymizer(key), events) { MapFile = mapFile };
        var report = new ReplayReport();
        foreach (IGrouping<string, StoredFailure> group in failures.GroupBy(stored => stored.Failed.Format, StringComparer.Ordinal))
        {
            if (SourceFormats.Reading(group.Key, mapFile is not null) is not { } format)
            {
                report.UnknownFormat += group.Count();
                continue;
            }

            IEventIngest ingest = format.Open(context);
            foreach (StoredFailure stored in group)
            {
                Replay(ingest, stored, report);
            }

            ingest.ReleaseAll();
        }

        events.Complete();
        report.Events = events.Written;
        return report;
    }

    private static void Replay(IEventIngest ingest, StoredFailure stored, ReplayReport report)
    {
        if (!stored.IsOpen || !stored.IsRecoverable)
        {
            report.NotRecoverable++;
            return;
        }

        ingest.Begin(new IngestOrigin { ReceivedAt = stored.Failed.ReceivedAt, Source = stored.Failed.Source });
        ingest.Feed(stored.Failed.Raw.Span);
        IngestResult result = ingest.Complete();
        if (result.Rejected > 0 || result.Offered == 0)
        {
            report.FailedAgain++;
        }
        else
        {
            report.Passed++;
        }
    }
}
