using System.Buffers;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Writes an event as one line of canonical NDJSON.</summary>
/// <remarks>
/// The inverse of <see cref="NdjsonDecoder"/> with <see cref="NdjsonOptions.TrustPseudonyms"/> and
/// <see cref="NdjsonOptions.TrustReceived"/>. Ids are written as pseudonyms (<c>~</c> and 16 hexadecimal digits), titles and dimensions by
/// name, <c>time</c> as corrected milliseconds since 1970 without <c>sent</c>. Three members serve reading back alone: <c>correctionMs</c>,
/// by how much the sender's clock was corrected, <c>joinsSince</c>, from when on a login takes over what its device did, and <c>marks</c>
/// (<c>unidentified</c>: the sender gave no id of its own; <c>derived</c>: the second or a later event of one input record). Used by one
/// thread at a time; allocates nothing once its buffer has grown.
/// </remarks>
/// <param name="vocabulary">Gives the names of titles and dimensions.</param>
public sealed class NdjsonEncoder(Vocabulary vocabulary)
{
    private readonly JsonLine _line = new();

    /// <summary>Writes an event and a line feed.</summary>
    /// <param name="streamEvent">The event.</param>
    /// <param name="annex">Its annex bytes, or empty.</param>
    /// <param name="destination">Takes the line.</param>
    /// <returns>How many bytes were written.</returns>
    public int Encode(in StreamEvent streamEvent, ReadOnlySpan<byte> annex, IBufferWriter<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ReadOnlySpan<byte> line = Encode(streamEvent, annex);
        destination.Write(line);
        destination.Write("\n"u8);
        return line.Length + 1;
    }

    /// <summary>Writes an event.</summary>
    /// <param name="streamEvent">The event.</param>
    /// <param name="annex">Its annex bytes, or empty.</param>
    /// <returns>The line without a line end; valid until the next call.</returns>
    public ReadOnlySpan<byte> Encode(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        _line.Clear();
        _line.Append((byte)'{');
        _line.Name(JsonField.Kind);
        _line.Text(EventKindNames.Utf8NameOf(streamEvent.Kind));
        WriteTimes(streamEvent);

        // With the sender's own id in the annex, that says the same and more.
        if (!annex.StartsWith("\"id\":"u8))
        {
            _line.Pseudonym(JsonField.Id, streamEvent.Id.Value);
        }

        WriteMarks(streamEvent.Flags);
        WriteIds(streamEvent);
        WriteContext(streamEvent);
        PayloadEncoder.Write(_line, vocabulary, streamEvent);
        if (!annex.IsEmpty)
        {
            _line.Separate();
            _line.Raw(annex);
        }

        _line.Append((byte)'}');
        return _line.Written;
    }

    private void WriteTimes(in StreamEvent e)
    {
        long time = e.Time.UnixMicroseconds;
        _line.Name(JsonField.Time);
        _line.Decimal(time, 3);
        if (e.ReceivedAfterMilliseconds != 0)
        {
            _line.Name(JsonField.Received);
            _line.Decimal(time + (e.ReceivedAfterMilliseconds * EventTime.MicrosecondsPerMillisecond), 3);
        }

        if (e.CorrectionMilliseconds != 0)
        {
            _line.Name(JsonField.CorrectionMs);
            _line.Number(e.CorrectionMilliseconds);
        }

        if ((e.Flags & EventFlags.HasSequence) != 0)
        {
            _line.Name(JsonField.Seq);
            _line.Number(e.Sequence);
        }
    }

    private void WriteMarks(EventFlags flags)
    {
        bool unidentified = (flags & EventFlags.HasId) == 0;
        bool derived = (flags & EventFlags.Derived) != 0;
        if (unidentified || derived)
        {
            _line.Name(JsonField.Marks);
            _line.Raw(unidentified && derived ? "[\"unidentified\",\"derived\"]"u8 : derived ? "[\"derived\"]"u8 : "[\"unidentified\"]"u8);
        }
    }

    private void WriteIds(in StreamEvent e)
    {
        _line.Pseudonym(JsonField.Viewer, e.Viewer.Value);
        _line.Pseudonym(JsonField.Household, e.Household.Value);
        _line.Pseudonym(JsonField.Device, e.Device.Value);
        _line.Pseudonym(JsonField.View, e.View.Value);
        _line.Pseudonym(JsonField.Visit, e.Visit.Value);
        PayloadEncoder.WriteTitle(_line, vocabulary, JsonField.Title, e.Title);
    }

    private void WriteContext(in StreamEvent e)
    {
        ref readonly EventContext context = ref vocabulary.Contexts[e.Context];
        _line.Text(JsonField.Source, vocabulary.Sources.Utf8NameOf(context.Source));
        _line.Text(JsonField.Country, vocabulary.Countries.Utf8NameOf(context.Country));
        _line.Text(JsonField.Cdn, vocabulary.Cdns.Utf8NameOf(e.Cdn));
        _line.Text(JsonField.Asn, vocabulary.Asns.Utf8NameOf(context.Asn));
        _line.Text(JsonField.Isp, vocabulary.Isps.Utf8NameOf(context.Isp));
        _line.Text(JsonField.DeviceKind, vocabulary.DeviceKinds.Utf8NameOf(context.DeviceKind));
        _line.Text(JsonField.App, vocabulary.Apps.Utf8NameOf(context.App));
        ReadOnlySpan<byte> variants = vocabulary.Variants.Utf8NameOf(context.Variants);
        if (!variants.IsEmpty && context.Variants != Symbol.Other)
        {
            _line.Name(JsonField.Variants);
            _line.Raw(variants);
        }

        WriteConsent(e.Kind == EventKind.ConsentChange ? e.ReadPayload<ConsentPayload>().Granted : context.Consent);
    }

    private void WriteConsent(ConsentPurposes consent)
    {
        _line.Name(JsonField.Consent);
        _line.Append((byte)'[');
        for (int bit = 0; bit < ChoiceTexts.PurposeCount; bit++)
        {
            if (((int)consent >> bit & 1) != 0)
            {
                _line.Separate();
                _line.Text(ChoiceTexts.PurposeAt(bit));
            }
        }

        _line.Append((byte)']');
    }
}
