using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>Collects events and writes them as batches of the wire format: what an app without a pipeline sends to one.</summary>
/// <remarks>
/// For each event <see cref="Begin"/>, its members with <c>Set</c>, <see cref="End"/>; <see cref="Flush"/> when
/// <see cref="IsFull"/> says so or whenever the app likes. Ids are given as they are: they become pseudonyms where the batch is
/// received. A member that has no value is simply not set. Each distinct text, and each distinct group of who, where and with what,
/// is written once a batch. One thread at a time; allocates nothing once its buffers have grown.
/// </remarks>
public sealed class EventBatchWriter
{
    // A longer text stands where it is used: it is seldom used twice.
    private const int MaxSharedText = 128;

    private readonly ArrayBufferWriter<byte> _texts = new(1024);
    private readonly ArrayBufferWriter<byte> _rows = new(1024);
    private readonly ArrayBufferWriter<byte> _events = new(4096);
    private readonly ArrayBufferWriter<byte> _head = new(64);
    private readonly ArrayBufferWriter<byte> _row = new(256);
    private readonly ArrayBufferWriter<byte> _members = new(256);
    private readonly ArrayBufferWriter<byte> _envelope = new(64);
    private readonly TextIndex _textIndex = new(BatchFormat.MaxTexts);
    private readonly TextIndex _rowIndex = new(BatchFormat.MaxRows);
    private readonly JsonMembers _json;
    private byte[] _utf8 = new byte[256];
    private int _rowMembers;
    private int _ownMembers;
    private EventKind _kind;
    private bool _isOpen;

    /// <summary>Creates an empty writer.</summary>
    /// <param name="maxBatchBytes">About how large a batch may become before <see cref="IsFull"/> says so.</param>
    public EventBatchWriter(int maxBatchBytes = 256 * 1024)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatchBytes, 1024);
        MaxBatchBytes = maxBatchBytes;
        _json = new JsonMembers(this);
    }

    /// <summary>About how large a batch may become before <see cref="IsFull"/> says so.</summary>
    public int MaxBatchBytes { get; }

    /// <summary>How many events the batch has so far.</summary>
    public int Count { get; private set; }

    /// <summary>How many bytes the batch would have if it were written now.</summary>
    public int SizeInBytes =>
        BatchFormat.MaxHeadBytes + BatchFormat.ChecksumBytes + _texts.WrittenCount + _rows.WrittenCount + _events.WrittenCount;

    /// <summary>Whether it is time to write the batch.</summary>
    public bool IsFull => SizeInBytes >= MaxBatchBytes || Count >= MessagePackOptions.DefaultMaxBatchEvents
        || _textIndex.Count >= BatchFormat.MaxTexts || _rowIndex.Count >= BatchFormat.MaxRows;

    /// <summary>Begins an event.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="time">When it happened.</param>
    /// <exception cref="InvalidOperationException">The event before was not ended.</exception>
    public void Begin(EventKind kind, EventTime time)
    {
        BeginEmpty();
        _kind = kind;
        var writer = new MessagePackWriter(_head);
        writer.Write((long)kind);
        WriteInstant(writer, time.UnixMicroseconds);
    }

    /// <summary>Sets a text.</summary>
    /// <param name="member">A member that is a text, or one of an enumeration's.</param>
    /// <param name="value">The text; null or empty sets nothing.</param>
    public void Set(EventMember member, string? value) => Set(member, value.AsSpan());

    /// <summary>Sets a text.</summary>
    /// <param name="member">A member that is a text, or one of an enumeration's.</param>
    /// <param name="value">The text; empty sets nothing.</param>
    public void Set(EventMember member, ReadOnlySpan<char> value)
    {
        int size = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (_utf8.Length < size)
        {
            _utf8 = new byte[size * 2];
        }

        Set(member, _utf8.AsSpan(0, Encoding.UTF8.GetBytes(value, _utf8)));
    }

    /// <summary>Sets a text.</summary>
    /// <param name="member">A member that is a text, or one of an enumeration's.</param>
    /// <param name="utf8">The text as UTF-8; empty sets nothing.</param>
    public void Set(EventMember member, ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return;
        }

        if (MemberTable.ChoicesOf(member, _kind) is { } choices && choices.Find(utf8) is var value and >= 0)
        {
            new MessagePackWriter(Key(member)).Write((long)value);
        }
        else
        {
            WriteText(Key(member), member, utf8);
        }
    }

    /// <summary>Sets a number.</summary>
    /// <param name="member">A member that is a number, or the number of an enumeration's value.</param>
    /// <param name="value">The number, in the unit that the member's name says.</param>
    /// <exception cref="ArgumentException">The member is a text.</exception>
    public void Set(EventMember member, long value)
    {
        ThrowIfText(member);
        new MessagePackWriter(Key(member)).Write(value);
    }

    /// <summary>Sets a number.</summary>
    /// <param name="member">A member that is a number.</param>
    /// <param name="value">The number, in the unit that the member's name says; one that is not finite sets nothing.</param>
    /// <exception cref="ArgumentException">The member is a text.</exception>
    public void Set(EventMember member, double value)
    {
        ThrowIfText(member);
        if (double.IsFinite(value))
        {
            new MessagePackWriter(Key(member)).Write(value);
        }
    }

    /// <summary>Sets true or false.</summary>
    /// <param name="member">A member that is true or false.</param>
    /// <param name="value">The value.</param>
    public void Set(EventMember member, bool value) => new MessagePackWriter(Key(member)).Write(value);

    /// <summary>Sets a duration or position, to the microsecond.</summary>
    /// <param name="member">A member that counts milliseconds.</param>
    /// <param name="value">The duration.</param>
    /// <exception cref="ArgumentException">The member is a text.</exception>
    public void Set(EventMember member, TimeSpan value)
    {
        ThrowIfText(member);
        WriteInstant(new MessagePackWriter(Key(member)), value.Ticks / TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>Sets an instant, to the microsecond.</summary>
    /// <param name="member">A member that is an instant.</param>
    /// <param name="value">The instant.</param>
    /// <exception cref="ArgumentException">The member is a text.</exception>
    public void Set(EventMember member, EventTime value)
    {
        ThrowIfText(member);
        WriteInstant(new MessagePackWriter(Key(member)), value.UnixMicroseconds);
    }

    /// <summary>Sets the purposes that are granted.</summary>
    /// <param name="purposes">The purposes.</param>
    public void Set(ConsentPurposes purposes) => new MessagePackWriter(Key(EventMember.Consent)).Write((long)purposes);

    /// <summary>Sets an array of texts.</summary>
    /// <param name="member">A member that is one.</param>
    /// <param name="values">The texts.</param>
    public void Set(EventMember member, params ReadOnlySpan<string> values)
    {
        ArrayBufferWriter<byte> output = Key(member);
        new MessagePackWriter(output).WriteArrayHeader(values.Length);
        foreach (string value in values)
        {
            WriteText(output, member, Encoding.UTF8.GetBytes(value));
        }
    }

    /// <summary>Sets a value that is JSON: experiment variants, custom fields, the bounds of a scale.</summary>
    /// <param name="member">The member.</param>
    /// <param name="json">One JSON value as UTF-8.</param>
    /// <exception cref="System.Text.Json.JsonException">It is none.</exception>
    public void SetJson(EventMember member, ReadOnlySpan<byte> json) => _json.WriteMember(member, json);

    /// <summary>Ends an event.</summary>
    /// <exception cref="InvalidOperationException">None was begun.</exception>
    public void End()
    {
        if (!_isOpen)
        {
            throw new InvalidOperationException("An event is begun before it is ended.");
        }

        _isOpen = false;
        var writer = new MessagePackWriter(_events);
        writer.WriteArrayHeader(BatchFormat.EventElements);
        int row = FindRow();
        if (row < 0)
        {
            writer.WriteNil();
            _ownMembers += _rowMembers;
        }
        else
        {
            writer.Write((long)row);
        }

        _events.Write(_head.WrittenSpan);
        writer.WriteMapHeader(_ownMembers);
        _events.Write(row < 0 ? _row.WrittenSpan : default);
        _events.Write(_members.WrittenSpan);
        Count++;
    }

    /// <summary>Adds an event that is one line of canonical NDJSON; it is received as that line would be.</summary>
    /// <remarks>Its syntax is not checked: what is wrong with it is found where the batch is read, and counted there.</remarks>
    /// <param name="line">The line, without its line end; must not be empty.</param>
    /// <exception cref="InvalidOperationException">The event before was not ended.</exception>
    public void AddLine(ReadOnlySpan<byte> line)
    {
        BeginEmpty();
        if (_json.TryWriteLine(line))
        {
            End();
            return;
        }

        // What MessagePack has no form for travels as it is.
        _isOpen = false;
        AddJson(line);
    }

    /// <summary>Writes the events as one batch and begins the next; nothing if there are none.</summary>
    /// <param name="output">Takes the batch.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="InvalidOperationException">The last event was not ended.</exception>
    public int Flush(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        ThrowIfOpen();
        if (Count == 0)
        {
            return 0;
        }

        // The three counts stand between the parts; they go through a buffer of their own, so that the length is known first.
        _envelope.ResetWrittenCount();
        var counts = new MessagePackWriter(_envelope);
        counts.WriteArrayHeader(_textIndex.Count);
        int textHead = _envelope.WrittenCount;
        counts.WriteArrayHeader(_rowIndex.Count);
        int rowHead = _envelope.WrittenCount;
        counts.WriteArrayHeader(Count);
        int body = _envelope.WrittenCount + _texts.WrittenCount + _rows.WrittenCount + _events.WrittenCount;
        int eventHead = _envelope.WrittenCount;
        counts.WriteArrayHeader(BatchFormat.Elements);
        counts.WriteText(BatchFormat.Magic);
        counts.Write((long)BatchFormat.Major);
        counts.Write((long)BatchFormat.Minor);
        counts.Write((long)Count);
        counts.WriteBinaryHeader(body);
        ReadOnlySpan<byte> heads = _envelope.WrittenSpan;
        uint crc = Crc32C.Empty;
        Append(output, heads[eventHead..], ref crc);
        Append(output, heads[..textHead], ref crc);
        Append(output, _texts.WrittenSpan, ref crc);
        Append(output, heads[textHead..rowHead], ref crc);
        Append(output, _rows.WrittenSpan, ref crc);
        Append(output, heads[rowHead..eventHead], ref crc);
        Append(output, _events.WrittenSpan, ref crc);
        Span<byte> checksum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, crc);
        new MessagePackWriter(output).WriteBinary(checksum);
        int size = heads.Length - eventHead + body + BatchFormat.ChecksumBytes;
        Clear();
        return size;
    }

    /// <summary>Forgets the events that have not been written.</summary>
    public void Clear()
    {
        _texts.ResetWrittenCount();
        _rows.ResetWrittenCount();
        _events.ResetWrittenCount();
        _textIndex.Clear();
        _rowIndex.Clear();
        Count = 0;
        _isOpen = false;
    }

    /// <summary>Adds an event that stays a line of NDJSON.</summary>
    internal void AddJson(ReadOnlySpan<byte> line)
    {
        new MessagePackWriter(_events).WriteExtension(BatchFormat.JsonType, line);
        Count++;
    }

    /// <summary>Where kind and time of the open event go, in this order.</summary>
    internal ArrayBufferWriter<byte> Head => _head;

    /// <summary>Writes the number of a member; its value follows in the buffer that is given back.</summary>
    internal ArrayBufferWriter<byte> Key(EventMember member)
    {
        if (!_isOpen)
        {
            throw new InvalidOperationException("An event is begun before its members are set.");
        }

        bool isShared = MemberTable.IsInRow(member);
        _rowMembers += isShared ? 1 : 0;
        _ownMembers += isShared ? 0 : 1;
        ArrayBufferWriter<byte> output = isShared ? _row : _members;
        new MessagePackWriter(output).Write((long)member);
        return output;
    }

    /// <summary>Writes the name of a member that the schema does not have; its value follows.</summary>
    internal ArrayBufferWriter<byte> Key(ReadOnlySpan<byte> name)
    {
        _ownMembers++;
        new MessagePackWriter(_members).WriteText(name);
        return _members;
    }

    /// <summary>Writes a text as its member wants it.</summary>
    internal void WriteText(ArrayBufferWriter<byte> output, EventMember member, ReadOnlySpan<byte> utf8)
    {
        var writer = new MessagePackWriter(output);
        MemberForm form = MemberTable.FormOf(member);
        if (form is not (MemberForm.Text or MemberForm.TextOrNumber or MemberForm.Texts))
        {
            writer.WriteText(utf8);
        }
        else if (Pseudonym.TryParse(utf8, out ulong bits))
        {
            Span<byte> bytes = stackalloc byte[BatchFormat.PseudonymBytes];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, bits);
            writer.WriteBinary(bytes);
        }
        else if (!IsOften(member) || utf8.Length > MaxSharedText || !TryShare(utf8, out int place))
        {
            writer.WriteText(utf8);
        }
        else
        {
            writer.Write((long)place);
        }
    }

    /// <summary>Microseconds as milliseconds, in whichever form loses nothing.</summary>
    internal static void WriteInstant(MessagePackWriter writer, long microseconds)
    {
        (long whole, long rest) = Math.DivRem(microseconds, EventTime.MicrosecondsPerMillisecond);
        double number = microseconds / 1000.0;
        if (rest == 0)
        {
            writer.Write(whole);
        }
        else if (BatchNumbers.TryMicroseconds(number, out long again) && again == microseconds)
        {
            writer.Write(number);
        }
        else
        {
            Span<byte> text = stackalloc byte[32];
            System.Buffers.Text.Utf8Formatter.TryFormat(microseconds / 1000m, text, out int length);
            writer.WriteExtension(BatchFormat.JsonType, text[..length]);
        }
    }

    private static void Append(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes, ref uint crc)
    {
        crc = Crc32C.Append(crc, bytes);
        output.Write(bytes);
    }

    private static bool IsOften(EventMember member) =>
        member is not (EventMember.Id or EventMember.Query or EventMember.Message or EventMember.Text or EventMember.Post);

    private static void ThrowIfText(EventMember member)
    {
        if (MemberTable.FormOf(member) is MemberForm.Text or MemberForm.TextOrNumber or MemberForm.Texts)
        {
            throw new ArgumentException($"{member} is a text; a number would be read as a place in the table of texts.", nameof(member));
        }
    }

    private bool TryShare(ReadOnlySpan<byte> utf8, out int place)
    {
        (place, bool isNew) = _textIndex.Add(utf8);
        if (isNew)
        {
            new MessagePackWriter(_texts).WriteText(utf8);
        }

        return place >= 0;
    }

    private int FindRow()
    {
        if (_rowMembers == 0)
        {
            return -1;
        }

        (int place, bool isNew) = _rowIndex.Add(_row.WrittenSpan);
        if (isNew)
        {
            new MessagePackWriter(_rows).WriteMapHeader(_rowMembers);
            _rows.Write(_row.WrittenSpan);
        }

        return place;
    }

    private void BeginEmpty()
    {
        ThrowIfOpen();
        _isOpen = true;
        _head.ResetWrittenCount();
        _row.ResetWrittenCount();
        _members.ResetWrittenCount();
        _rowMembers = 0;
        _ownMembers = 0;
    }

    private void ThrowIfOpen()
    {
        if (_isOpen)
        {
            throw new InvalidOperationException("The event before has not been ended.");
        }
    }
}
