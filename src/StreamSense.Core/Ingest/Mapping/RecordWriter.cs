using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Writes what a mapping makes of a record.</summary>
/// <remarks>One thread at a time; allocates only for a refusal.</remarks>
internal sealed class RecordWriter(MappingProgram program, string format)
{
    private readonly FieldReader _fields = new();
    private readonly OriginMembers _origin = new(format);
    private readonly JsonLine _object = new();
    private readonly EventNumber _number = new(format);

    public void Begin(IngestOrigin origin) => _origin.Begin(origin);

    public void Write(in SourceRecord record, CanonicalRecords output)
    {
        record.Arena.Clear();
        foreach ((string rule, MappedCondition when) in program.Drops)
        {
            if (when.Holds(record))
            {
                output.Exclude(rule);
                return;
            }
        }

        int written = 0;
        bool isSilent = false;
        foreach (MappedEvent mapped in program.Events)
        {
            if (mapped.When is not null && !mapped.When.Holds(record))
            {
                continue;
            }

            if (!TryKind(mapped, record, out EventKind kind)
                || (kind != EventKind.None && !TryEvent(mapped, kind, written, record, output)))
            {
                output.Reject(_fields.Reason, _fields.Message);
                return;
            }

            written += kind == EventKind.None ? 0 : 1;
            isSilent |= kind == EventKind.None;
        }

        Finish(written, isSilent, output);
    }

    private void Finish(int written, bool isSilent, CanonicalRecords output)
    {
        if (written > 0)
        {
            output.EndRecord();
        }
        else if (isSilent)
        {
            output.Exclude("the mapping has no event for this kind of record");
        }
        else if (program.ExcludesTheRest)
        {
            output.Exclude("no event of the mapping applies");
        }
        else
        {
            output.Reject(RejectReason.UnknownKind, "no event of the mapping applies");
        }
    }

    private bool TryKind(MappedEvent mapped, in SourceRecord record, out EventKind kind)
    {
        kind = mapped.Kind;
        if (mapped.Kinds is null)
        {
            return true;
        }

        SourceValue value = mapped.KindReading.Read(record);
        if (value.IsAbsent)
        {
            kind = mapped.Default ?? EventKind.None;
            if (mapped.Default is null)
            {
                _fields.Fail(RejectReason.MissingField, "kind", mapped.KindReading.Description, "has no value", default);
            }

            record.Arena.Clear();
            return mapped.Default is not null;
        }

        bool isKnown = mapped.Kinds.TryFind(value.Text, out kind);
        if (!isKnown && !mapped.HasElse)
        {
            _fields.Fail(RejectReason.UnknownKind, "kind", mapped.KindReading.Description, "is not in the map", value.Text);
        }

        kind = isKnown ? kind : mapped.Else;
        record.Arena.Clear();
        return isKnown || mapped.HasElse;
    }

    private bool TryEvent(MappedEvent mapped, EventKind kind, int number, in SourceRecord record, CanonicalRecords output)
    {
        output.BeginEvent(kind);
        _number.Begin(number);
        FieldSet written = default;
        foreach (MappedField field in mapped.Fields)
        {
            FieldForm form = _fields.Read(field, record, out ReadOnlySpan<byte> bytes);
            if (form == FieldForm.Failed)
            {
                return false;
            }

            ReadOnlySpan<byte> name = JsonFieldNames.Utf8NameOf(field.Member);
            _number.Note(field.Member, bytes);
            if (form == FieldForm.Text && _number.Owns(field.Member))
            {
                // Written below, as that of this event alone.
            }
            else if (form == FieldForm.Text)
            {
                output.Text(name, bytes);
            }
            else if (form == FieldForm.Json)
            {
                output.Raw(name, bytes);
            }

            written = form == FieldForm.Absent ? written : written.With(field.Member);
            record.Arena.Clear();
        }

        foreach ((JsonField member, MappedField[] entries) in mapped.Objects)
        {
            if (!TryObject(entries, record))
            {
                return false;
            }

            if (_object.Written.Length > 2)
            {
                output.Raw(JsonFieldNames.Utf8NameOf(member), _object.Written);
            }
        }

        _number.Write(output);
        _origin.Write(output, written);
        output.EndEvent();
        return true;
    }

    private bool TryObject(MappedField[] entries, in SourceRecord record)
    {
        _object.Clear();
        _object.Append((byte)'{');
        foreach (MappedField entry in entries)
        {
            FieldForm form = _fields.Read(entry, record, out ReadOnlySpan<byte> bytes);
            if (form == FieldForm.Failed)
            {
                return false;
            }

            if (form != FieldForm.Absent)
            {
                _object.Name(entry.Key);
            }

            if (form == FieldForm.Text)
            {
                _object.Text(bytes);
            }
            else if (form == FieldForm.Json)
            {
                _object.Raw(bytes);
            }

            record.Arena.Clear();
        }

        _object.Append((byte)'}');
        return true;
    }
}
