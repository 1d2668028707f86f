using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest;

/// <summary>Takes what a translator makes of a piece: records, each one or more canonical events as text, or a reason why not.</summary>
/// <remarks>
/// For each event <see cref="BeginEvent"/>, its members, <see cref="EndEvent"/>; after the events of a record <see cref="EndRecord"/>. A
/// record that cannot be said ends with <see cref="Reject"/> or <see cref="Exclude"/> instead, which drops its events. A text that is
/// empty is not written. One thread at a time; allocates nothing once warm.
/// </remarks>
public sealed class CanonicalRecords
{
    private static readonly JsonWriterOptions _options = new()
    {
        SkipValidation = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly List<(int Start, int Length)> _events = [];
    private readonly List<Record> _records = [];
    private readonly Utf8JsonWriter _writer;
    private int _firstEvent;
    private int _start;

    /// <summary>Creates an empty one.</summary>
    public CanonicalRecords() => _writer = new Utf8JsonWriter(_buffer, _options);

    internal int Count => _records.Count;

    internal Record this[int index] => _records[index];

    /// <summary>Begins an event.</summary>
    /// <param name="kind">Its kind.</param>
    public void BeginEvent(EventKind kind)
    {
        _start = _buffer.WrittenCount;
        _writer.Reset();
        _writer.WriteStartObject();
        _writer.WriteString("kind"u8, EventKindNames.Utf8NameOf(kind));
    }

    /// <summary>Writes a text; nothing if it is empty.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="value">UTF-8, without escapes.</param>
    public void Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty)
        {
            _writer.WriteString(name, value);
        }
    }

    /// <summary>Writes a whole number.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="value">The number, in the unit that the name says.</param>
    public void Whole(ReadOnlySpan<byte> name, long value) => _writer.WriteNumber(name, value);

    /// <summary>Writes a number; nothing if it is not finite.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="value">The number, in the unit that the name says.</param>
    public void Number(ReadOnlySpan<byte> name, double value)
    {
        if (double.IsFinite(value))
        {
            _writer.WriteNumber(name, value);
        }
    }

    /// <summary>Writes a time, as epoch milliseconds to the microsecond.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="value">The time.</param>
    public void Time(ReadOnlySpan<byte> name, EventTime value)
    {
        Span<byte> text = stackalloc byte[32];
        (long milliseconds, long rest) = Math.DivRem(value.UnixMicroseconds, EventTime.MicrosecondsPerMillisecond);
        if (rest == 0)
        {
            _writer.WriteNumber(name, milliseconds);
            return;
        }

        System.Buffers.Text.Utf8Formatter.TryFormat(value.UnixMicroseconds / 1000m, text, out int written);
        Raw(name, text[..written]);
    }

    /// <summary>Writes true or false.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="value">The value.</param>
    public void Truth(ReadOnlySpan<byte> name, bool value) => _writer.WriteBoolean(name, value);

    /// <summary>Writes a value that is JSON already: an object, an array, a number.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="json">The JSON; the decoder checks it.</param>
    public void Raw(ReadOnlySpan<byte> name, ReadOnlySpan<byte> json)
    {
        _writer.WritePropertyName(name);
        _writer.WriteRawValue(json, skipInputValidation: true);
    }

    /// <summary>Ends an event.</summary>
    public void EndEvent()
    {
        _writer.WriteEndObject();
        _writer.Flush();
        _events.Add((_start, _buffer.WrittenCount - _start));
    }

    /// <summary>Ends a record: the events since the last one are what it says.</summary>
    public void EndRecord() => Add(RejectReason.None, "");

    /// <summary>Ends a record that cannot be taken.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="message">In words: the field, the rule. A constant, or made only here.</param>
    public void Reject(RejectReason reason, string message) => Add(reason, message);

    /// <summary>Ends a record that a rule leaves out; it is counted as <see cref="RejectReason.Excluded"/>.</summary>
    /// <param name="rule">The rule, in words.</param>
    public void Exclude(string rule) => Add(RejectReason.Excluded, rule);

    internal void Clear()
    {
        _buffer.ResetWrittenCount();
        _events.Clear();
        _records.Clear();
        _firstEvent = 0;
    }

    internal ReadOnlySpan<byte> EventAt(int index) => _buffer.WrittenSpan.Slice(_events[index].Start, _events[index].Length);

    private void Add(RejectReason reason, string message)
    {
        _writer.Reset();
        if (reason != RejectReason.None)
        {
            _events.RemoveRange(_firstEvent, _events.Count - _firstEvent);
        }

        _records.Add(new Record(reason, message, _firstEvent, _events.Count - _firstEvent));
        _firstEvent = _events.Count;
    }

    internal readonly record struct Record(RejectReason Reason, string Message, int FirstEvent, int EventCount);
}
