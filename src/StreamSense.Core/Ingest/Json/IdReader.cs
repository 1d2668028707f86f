using StreamSense.Core.Events;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Reads ids and turns them into pseudonyms.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class IdReader(Vocabulary vocabulary, Pseudonymizer pseudonymizer, bool trustPseudonyms)
{
    public ViewerId Viewer(in JsonRecord record) =>
        TryText(record, JsonField.Viewer, out ReadOnlySpan<byte> text, out ulong bits) ? new(bits) : pseudonymizer.Viewer(text);

    public HouseholdId Household(in JsonRecord record) =>
        TryText(record, JsonField.Household, out ReadOnlySpan<byte> text, out ulong bits) ? new(bits) : pseudonymizer.Household(text);

    public DeviceId Device(in JsonRecord record) =>
        TryText(record, JsonField.Device, out ReadOnlySpan<byte> text, out ulong bits) ? new(bits) : pseudonymizer.Device(text);

    public ViewId View(in JsonRecord record) =>
        TryText(record, JsonField.View, out ReadOnlySpan<byte> text, out ulong bits) ? new(bits) : pseudonymizer.View(text);

    public VisitId Visit(in JsonRecord record) =>
        TryText(record, JsonField.Visit, out ReadOnlySpan<byte> text, out ulong bits) ? new(bits) : pseudonymizer.Visit(text);

    public RequestId Request(in JsonRecord record) =>
        TryText(record, JsonField.Request, out ReadOnlySpan<byte> text, out ulong bits) ? new(bits) : pseudonymizer.Request(text);

    public EventId Event(in JsonRecord record) =>
        TryText(record, JsonField.Id, out ReadOnlySpan<byte> text, out ulong bits) ? new(bits) : pseudonymizer.EventFrom(text);

    public ulong Other(in JsonRecord record, JsonField field) =>
        TryText(record, field, out ReadOnlySpan<byte> text, out ulong bits) ? bits : pseudonymizer.Other(text);

    /// <summary>A title's id; its name is noted unless the record is refused for something found earlier.</summary>
    public TitleId Title(in JsonRecord record, JsonField field, bool pin)
    {
        bool known = TryText(record, field, out ReadOnlySpan<byte> text, out ulong bits);
        return known || record.Failed ? new(bits) : vocabulary.Titles.Note(text, pin);
    }

    /// <summary>Whether the text is a pseudonym that may be taken as it is.</summary>
    private bool TryText(in JsonRecord record, JsonField field, out ReadOnlySpan<byte> text, out ulong bits)
    {
        bits = 0;
        text = record.Text(field, RecordLimits.Id);
        return trustPseudonyms && Pseudonym.TryParse(text, out bits);
    }
}
