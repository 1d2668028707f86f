using System.Globalization;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>Identifies plain events that nothing but their content identifies, under the id that they have as NDJSON.</summary>
/// <remarks>Tells the hash each member as <see cref="RecordText"/> would spell it, without spelling it. One thread at a time.</remarks>
internal sealed class PlainContent(Pseudonymizer pseudonymizer, BatchTexts texts, BatchRows rows, RecordText lines)
{
    private const int MaxNumberLength = 40;

    // In the schema's order the members of rows stand in four parts among those of events; each ends with one of these.
    private static readonly JsonField[] LastOfParts = [JsonField.Visit, JsonField.App, JsonField.Consent, JsonField.V];

    private readonly ContentHash _hash = new(pseudonymizer, new RecordScratch());
    private readonly int[] _places = new int[(int)JsonField.Count];

    // The hashes of the lists of purposes, one for each set of them; 0 until it is asked for.
    private readonly ulong[] _purposes = new ulong[(int)ConsentPurposes.All + 1];

    // The last row, as it is told.
    private readonly int[] _partEnds = new int[LastOfParts.Length];
    private byte[] _rowSaid = new byte[512];
    private int _rowLength;
    private int _row = -1;

    /// <summary>Begins a batch.</summary>
    public void Begin() => _row = -1;

    /// <summary>Identifies an event whose members have been read.</summary>
    /// <param name="body">The body of the batch.</param>
    /// <param name="row">The place of its row.</param>
    /// <param name="ofRow">The members of the row.</param>
    /// <param name="timeAt">Where its time begins; its own members follow.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="own">Its own members, kind and time among them.</param>
    /// <param name="id">The id.</param>
    /// <returns>Whether its members are of the plain forms.</returns>
    public bool TryIdentify(
        ReadOnlySpan<byte> body, int row, FieldSet ofRow, int timeAt, EventKind kind, FieldSet own, out EventId id)
    {
        id = default;
        var cursor = new ValueCursor(body, timeAt);
        _places[(int)JsonField.Time] = timeAt;
        if ((row != _row && !TryTellRow(body, row, ofRow)) || !cursor.TrySkip() || !TryPlace(ref cursor))
        {
            return false;
        }

        _hash.Begin();
        int part = 0;
        for (FieldSet rest = own; !rest.IsEmpty;)
        {
            JsonField field = rest.First();
            rest = rest.Except(FieldSet.Of(field));
            for (; part < LastOfParts.Length && field > LastOfParts[part]; part++)
            {
                _hash.Tell(Part(part));
            }

            if (field == JsonField.Kind)
            {
                _hash.Tell(field, EventKindNames.Utf8NameOf(kind));
            }
            else if (!TryTell(body, field, kind))
            {
                return false;
            }
        }

        for (; part < LastOfParts.Length; part++)
        {
            _hash.Tell(Part(part));
        }

        id = _hash.End();
        return true;
    }

    // Events that share a row mostly follow each other, as the titles of a shelf do.
    private bool TryTellRow(ReadOnlySpan<byte> body, int row, FieldSet ofRow)
    {
        _row = -1;
        _rowLength = 0;
        var cursor = new ValueCursor(body, rows.StartOf(row));
        if (!TryPlace(ref cursor))
        {
            return false;
        }

        FieldSet rest = ofRow;
        for (int part = 0; part < LastOfParts.Length; part++)
        {
            _hash.Begin();
            while (!rest.IsEmpty && rest.First() is var field && field <= LastOfParts[part])
            {
                rest = rest.Except(FieldSet.Of(field));
                if (!TryTell(body, field, EventKind.None))
                {
                    return false;
                }
            }

            Keep(part);
        }

        _row = row;
        return true;
    }

    private void Keep(int part)
    {
        ReadOnlySpan<byte> said = _hash.Said;
        if (_rowSaid.Length - _rowLength < said.Length)
        {
            Array.Resize(ref _rowSaid, Math.Max(_rowLength + said.Length, _rowSaid.Length * 2));
        }

        said.CopyTo(_rowSaid.AsSpan(_rowLength));
        _rowLength += said.Length;
        _partEnds[part] = _rowLength;
    }

    private ReadOnlySpan<byte> Part(int part)
    {
        int start = part == 0 ? 0 : _partEnds[part - 1];
        return _rowSaid.AsSpan(start, _partEnds[part] - start);
    }

    // Notes where the values of a map begin.
    private bool TryPlace(scoped ref ValueCursor cursor)
    {
        if (!cursor.TryCount(MessagePackCodes.FixMap, MessagePackCodes.Map16, out int count))
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            if (!cursor.TrySmall(out byte key) || key is 0 or >= MemberTable.Count)
            {
                return false;
            }

            _places[(int)MemberTable.FieldOf((EventMember)key)] = cursor.At;
            if (!cursor.TrySkip())
            {
                return false;
            }
        }

        return true;
    }

    private bool TryTell(ReadOnlySpan<byte> body, JsonField field, EventKind kind)
    {
        int at = _places[(int)field];
        var cursor = new ValueCursor(body, at);
        EventMember member = MemberTable.MemberOf(field);
        switch (MemberTable.FormOf(member))
        {
            case MemberForm.Text or MemberForm.TextOrNumber:
                bool isText = texts.TryRead(body, ref cursor, RecordLimits.Text, out ReadOnlySpan<byte> text, out _);
                _hash.Tell(field, text);
                return isText;
            case MemberForm.Choice or MemberForm.Scale:
                return TryTellChoice(ref cursor, field, MemberTable.ChoicesOf(member, kind));
            case MemberForm.Truth:
                byte truth = cursor.Peek;
                _hash.Tell(field, truth == MessagePackCodes.True);
                return truth is MessagePackCodes.True or MessagePackCodes.False;
            case MemberForm.Purposes:
                bool isSet = cursor.TrySmall(out byte bits) && bits <= (byte)ConsentPurposes.All;
                _hash.Tell(field, isSet ? TreeOfPurposes(bits) : 0);
                return isSet;
            case MemberForm.Number:
                return TryTellNumber(ref cursor, field);
            case MemberForm.Time:
                return TryTellNumber(ref cursor, field) || TryTellText(ref cursor, field);
            case MemberForm.Tree when member == EventMember.Variants && cursor.TrySkip():
                bool isSaid = lines.TryWriteVariants(body[at..cursor.At]);
                _hash.Tell(field, isSaid ? _hash.TreeOf(RecordText.VariantsOf(lines.Written)) : 0);
                return isSaid;
            default:
                return false;
        }
    }

    private bool TryTellText(scoped ref ValueCursor cursor, JsonField field)
    {
        bool isText = cursor.TryText(out ReadOnlySpan<byte> text) && BatchTexts.IsPlain(text);
        _hash.Tell(field, text);
        return isText;
    }

    private bool TryTellChoice(scoped ref ValueCursor cursor, JsonField field, ChoiceTexts? choices)
    {
        bool isSmall = cursor.TrySmall(out byte value);
        if (choices is not null && choices.Holds(value))
        {
            _hash.Tell(field, choices.TextOf(value));
        }
        else
        {
            _hash.Tell(field, DecimalNumber.Of(negative: false, value, 0));
        }

        return isSmall;
    }

    private bool TryTellNumber(scoped ref ValueCursor cursor, JsonField field)
    {
        if (cursor.TryWhole(out long whole))
        {
            _hash.Tell(field, DecimalNumber.Of(whole < 0, whole < 0 ? 0UL - (ulong)whole : (ulong)whole, 0));
            return true;
        }

        if (!cursor.TryDouble(out double number) || !double.IsFinite(number))
        {
            return false;
        }

        Span<byte> text = stackalloc byte[MaxNumberLength];
        number.TryFormat(text, out int length, "R", CultureInfo.InvariantCulture);
        _hash.Tell(field, DecimalNumber.Parse(text[..length]));
        return true;
    }

    private ulong TreeOfPurposes(byte bits)
    {
        if (_purposes[bits] == 0)
        {
            lines.WritePurposes(bits);
            _purposes[bits] = _hash.TreeOf(lines.Written);
        }

        return _purposes[bits];
    }
}
