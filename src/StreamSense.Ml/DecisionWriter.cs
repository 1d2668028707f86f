using System.Buffers.Binary;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Privacy;
using StreamSense.Ml.Ranking;

namespace StreamSense.Ml;

/// <summary>Writes what a ranking chose as events, so that outcomes can be joined with it and a replay sees the same.</summary>
internal sealed class DecisionWriter(Vocabulary vocabulary, Pseudonymizer pseudonymizer, string source)
{
    private const byte SchemaVersion = 1;

    private readonly Symbol _source = vocabulary.Sources.Intern(source);

    /// <summary>Writes one event for each slot.</summary>
    /// <returns>How many the receiver took.</returns>
    public int Write(
        in RankRequest request,
        RequestId id,
        Surface surface,
        ServedModel model,
        ReadOnlySpan<RankedTitle> slate,
        IEventReceiver receiver)
    {
        EventContext context = request.Dimensions with { Source = _source, Consent = request.Consent, Version = SchemaVersion };
        var decision = new StreamEvent
        {
            Time = request.Time,
            Viewer = request.Viewer,
            Household = request.Household,
            Device = request.Device,
            Visit = request.Visit,
            Context = vocabulary.Contexts.Intern(context),
            Kind = EventKind.Decision,
            Flags = EventFlags.HasId,
        };
        decision.PayloadAs<ShownPayload>() = new ShownPayload
        {
            Request = id,
            Surface = surface.Symbol,
            Row = request.Row ?? Absent.Number,
            VisibleMilliseconds = Absent.Number,
            Model = model.Symbol,
            Policy = surface.PolicySymbol,
            Weight = 1,
        };

        int written = 0;
        for (int position = 0; position < slate.Length; position++)
        {
            decision.Id = IdOf(id, surface, request.Row, position);
            decision.Title = slate[position].Title;
            ref ShownPayload payload = ref decision.PayloadAs<ShownPayload>();
            payload.Position = position;
            payload.Propensity = slate[position].Propensity;
            written += receiver.Write(decision, default) == WriteOutcome.Written ? 1 : 0;
        }

        return written;
    }

    // One id a slot, the same whenever the same request is ranked again: a retry is told as a duplicate.
    private EventId IdOf(RequestId request, Surface surface, int? row, int position)
    {
        ReadOnlySpan<byte> prefix = "decision"u8;
        Span<byte> content = stackalloc byte[prefix.Length + (2 * sizeof(ulong)) + (2 * sizeof(int))];
        prefix.CopyTo(content);
        BinaryPrimitives.WriteUInt64LittleEndian(content[8..], request.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(content[16..], surface.Hash);
        BinaryPrimitives.WriteInt32LittleEndian(content[24..], row ?? Absent.Number);
        BinaryPrimitives.WriteInt32LittleEndian(content[28..], position);
        return pseudonymizer.EventFromContent(content);
    }
}
