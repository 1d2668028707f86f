using System.Globalization;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Windows;

namespace StreamSense.Core.Admission;

/// <summary>Keeps late events as canonical text under their pseudonyms, so that they can be looked at and replayed.</summary>
/// <remarks>One thread at a time; the store may be shared. Events of a record after the first are kept too: a replay needs them.</remarks>
internal sealed class LateEvents(Vocabulary vocabulary, LatenessPolicy policy, FailedEvents? failed)
{
    private readonly NdjsonEncoder _encoder = new(vocabulary);

    /// <summary>Keeps an event.</summary>
    public void Keep(in StreamEvent e, ReadOnlySpan<byte> annex, EventTime watermark)
    {
        if (failed is null)
        {
            return;
        }

        long received = e.Time.UnixMicroseconds + (e.ReceivedAfterMilliseconds * EventTime.MicrosecondsPerMillisecond);
        failed.Add(
            new FailedEvent
            {
                Reason = RejectReason.Late,
                Stage = IngestStage.Admission,
                Message = string.Create(
                    CultureInfo.InvariantCulture,
                    $"time: expected at most {policy.Allowed:c} behind the source's watermark, found {watermark - e.Time:c}"),
                Format = NdjsonIngest.Format,
                ReceivedAt = e.ReceivedAfterMilliseconds == 0 ? default : new EventTime(received),
            },
            _encoder.Encode(e, annex));
    }
}
