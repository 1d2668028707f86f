using System.Text;
using StreamSense.Core.Delivery;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Contracts.Delivery;

/// <summary>Batches of events that any sink can take: numbered, every third with an annex.</summary>
public static class SinkEvents
{
    /// <summary>What the events' symbols belong to: a sink that writes names is made with it.</summary>
    public static Vocabulary Vocabulary { get; } = new();

    private const long StartMicroseconds = 1_767_225_600_000_000; // 2026-01-01

    private static readonly ContextId Context = Vocabulary.Contexts.Intern(
        new EventContext { Consent = ConsentPurposes.Measurement, Version = 1 });

    public static DeliveryBatch Batch(int from, int count)
    {
        var batch = new DeliveryBatch(Math.Max(1, count));
        Fill(batch, from, count);
        return batch;
    }

    public static void Fill(DeliveryBatch batch, int from, int count)
    {
        for (int id = from; id < from + count; id++)
        {
            Assert.True(batch.TryAdd(id, EventOf(id), Encoding.UTF8.GetBytes(AnnexOf(id))));
        }
    }

    public static IEnumerable<(ulong Id, string Annex)> Expected(int from, int count) =>
        Enumerable.Range(from, count).Select(id => ((ulong)id, AnnexOf(id)));

    private static string AnnexOf(int id) => id % 3 == 0 ? $"\"code\":\"E{id}\",\"message\":\"dänger\"" : "";

    private static StreamEvent EventOf(int id)
    {
        var streamEvent = new StreamEvent
        {
            Id = new EventId((ulong)id),
            Time = new EventTime(StartMicroseconds + (id * 1_000L)),
            View = new ViewId(77),
            Context = Context,
            Kind = id % 3 == 0 ? EventKind.Error : EventKind.Pause,
            Flags = EventFlags.HasId,
        };
        if (streamEvent.Kind == EventKind.Error)
        {
            streamEvent.PayloadAs<ErrorPayload>().Severity = ErrorSeverity.Warning;
        }
        else
        {
            streamEvent.PayloadAs<PlayheadPayload>().PlayheadMicroseconds = id * 1_000L;
        }

        return streamEvent;
    }
}
