using System.Globalization;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>Identifies plain events that nothing but their content identifies, under the id that they have as NDJSON.</summary>
/// <remarks>Tells the hash each member as <see cref="RecordText"/> would spell it, without spelling it. One thread at a time.</remarks>
internal sealed class PlainContent(Pseudonymizer pseudonymizer, BatchTexts texts, RecordText lines)
{
    private const int MaxNumberLength = 40;

    private readonly ContentHash _hash = new(pseudonymizer, new RecordScratch());
    private readonly int[] _places = new int[(int)JsonField.Count];

    // The hashes of the lists of purposes, one for each set of them; 0 until it is asked for.
    private readonly ulong[] _purposes = new ulong[(int)ConsentPurposes.All + 1];

    /// <summary>Identifies an event whose members have been read.</summary>
    /// <param name="body">The body of the batch.</param>
    /// <param name="rowAt">Where its row begins.</param>
    /// <param name="timeAt">Where its time begins; its own members follow.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="present">Its members and those of its row.</param>
    /// <param name="id">The id.</param>
    /// <returns>Whether its members are of the plain forms.</returns>
    public bool TryIdentify(ReadOnlySpan<byte> body, int rowAt, int timeAt, EventKind kind, FieldSet present, out EventId id)
    {
        id = default;
        var own = new ValueCursor(body, timeAt);
        var row = new ValueCursor(body, rowAt);
        _places[(int)JsonField.Time] = timeAt;
        if (!own.TrySkip() || !TryPlace(ref own) || !TryPlace(ref row))
        {
            return false;
        }

        _hash.Begin();
        for (FieldSet rest = present; !rest.IsEmpty;)
        {
            JsonField field = rest.First();
            rest = rest.Except(FieldSet.Of(field));
            if (field == JsonField.Kind)
            {
                _hash.Tell(field, EventKindNames.Utf8NameOf(kind));
            }
            else if (!TryTell(body, field, kind))
            {
                return false;
            }
        }

        id = _hash.End();
        return true;
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
