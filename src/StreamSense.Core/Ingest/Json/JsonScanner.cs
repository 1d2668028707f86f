using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;
using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Finds the members of a record in one pass over its bytes.</summary>
/// <remarks>
/// It takes only what is valid JSON beyond doubt and gives up on everything else: then <see cref="Utf8JsonReader"/> has the word, and says
/// what is wrong and where. The bytes need not be UTF-8; <see cref="TryScan"/> says whether that has to be looked at.
/// </remarks>
internal ref struct JsonScanner
{
    // Deeper values are left to the reader, which knows the limit.
    private const int MaxDepth = 16;
    private const int MaxDigits = 18;
    private const int Fail = -1;

    // Read as two bytes of a machine whose low byte comes first, or last.
    private static readonly ushort NextName = (ushort)(BitConverter.IsLittleEndian ? ',' | ('"' << 8) : (',' << 8) | '"');

    private readonly ref byte _start;
    private readonly int _length;
    private readonly RecordScratch _scratch;
    private Vector256<byte> _bits;

    private JsonScanner(ReadOnlySpan<byte> line, RecordScratch scratch)
    {
        _start = ref MemoryMarshal.GetReference(line);
        _length = line.Length;
        _scratch = scratch;
    }

    /// <summary>Notes which members a record has and where they stand.</summary>
    /// <param name="line">The record.</param>
    /// <param name="scratch">Takes what was found; of a line that is not taken, nothing of use.</param>
    /// <param name="isAscii">Whether every byte is ASCII; if not, perhaps it is all the same.</param>
    /// <returns>False if the line is not surely valid, or a member stands twice.</returns>
    public static bool TryScan(ReadOnlySpan<byte> line, RecordScratch scratch, out bool isAscii)
    {
        var scanner = new JsonScanner(line, scratch);
        bool isTaken = line.Length >= Vector128<byte>.Count && scanner.TryRecord();
        isAscii = scanner._bits.ExtractMostSignificantBits() == 0;
        return isTaken;
    }

    // The place in the line is passed and given back, and lives in a register: as a field it would cost a round to memory at each step.
    private bool TryRecord()
    {
        int at = Space(0);
        if (At(at) != '{')
        {
            return false;
        }

        at = Space(at + 1);
        if (At(at) == '}')
        {
            return Space(at + 1) == _length;
        }

        return TryMembers(at);
    }

    private bool TryMembers(int at)
    {
        FieldSet seen = default;
        FieldSet present = default;
        EventKind kind = EventKind.None;
        Span<JsonField> followers = _scratch.FollowersOf(kind);
        JsonField last = JsonField.Count;
        MemberRun run = default;
        while (true)
        {
            int from = at;
            at = Name(at, ref followers[(int)last], out JsonField field);
            FieldSet own = FieldSet.Of(field);
            if (at < 0 || seen.Overlaps(own))
            {
                return false;
            }

            last = field;
            if (field == followers[RecordScratch.RunPlace] && TryKnownRun(from, seen, ref run))
            {
                ref readonly EnvelopeRun known = ref _scratch.Runs[_scratch.KnownRun];
                seen |= known.Seen;
                present |= known.Present;
                last = known.Last;
                at = from + known.Length;
            }
            else if (field == JsonField.Count)
            {
                _scratch.HasUnknown = true;
                run.Close();
                at = Skip(at, MaxDepth);
            }
            else
            {
                ref RecordScratch.Slot slot = ref _scratch.Slots[(int)field];
                at = Member(at, ref slot, out bool isPresent);
                seen |= own;
                present = isPresent ? present | own : present;
                if (field == JsonField.Kind)
                {
                    kind = KindOf(slot);
                    followers = _scratch.FollowersOf(kind);
                    run.Close();
                }
                else if (!run.IsClosed)
                {
                    run.Add(field, slot.Token, from, at, kind);
                }
            }

            if (at >= 0 && IsNextName(at))
            {
                at++;
                continue;
            }

            at = Next(at, out bool isMore);
            if (!isMore)
            {
                _scratch.Found(seen, present, kind, run);
                return at == _length;
            }
        }
    }

    /// <summary>Steps over what stands behind a member: a comma, or the end of the record.</summary>
    private readonly int Next(int at, out bool isMore)
    {
        isMore = false;
        if (at < 0)
        {
            return Fail;
        }

        at = Space(at);
        byte end = At(at);
        isMore = end == ',';
        return end is (byte)',' or (byte)'}' ? Space(at + 1) : Fail;
    }

    // A comma and a quote: so do all members end but the last, if nobody puts white space between them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool IsNextName(int at) =>
        at < _length - 1 && Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref _start, at)) == NextName;

    private readonly EventKind KindOf(in RecordScratch.Slot slot)
    {
        EventKind kind = EventKind.None;
        return slot.Token == JsonTokenType.String && !slot.IsEscaped
            && EventKindNames.TryParse(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _start, slot.Start), slot.Length), out kind)
            ? kind
            : EventKind.None;
    }

    // At most one a record. One with a member that has been seen is left to be found out member by member.
    private readonly bool TryKnownRun(int at, FieldSet seen, ref MemberRun run)
    {
        if (_scratch.KnownRun >= 0)
        {
            return false;
        }

        int known = _scratch.Runs.Find(MemoryMarshal.CreateReadOnlySpan(ref _start, _length), at);
        if (known < 0 || seen.Overlaps(_scratch.Runs[known].Seen))
        {
            return false;
        }

        _scratch.DeferRun(known, at);
        run = MemberRun.None;
        return true;
    }

    // Senders spell the members of their records in one order: what followed the last member in the last record is tried first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Name(int at, ref JsonField expected, out JsonField field)
    {
        field = expected;
        ref readonly FieldPatterns.Pattern pattern = ref FieldPatterns.Of(field);
        if (at + FieldPatterns.Pattern.MaxLength <= _length && pattern.Matches(ref Unsafe.Add(ref _start, at)))
        {
            return Space(at + pattern.Length);
        }

        at = OtherName(at, out field);
        expected = field;
        return at;
    }

    private int OtherName(int at, out JsonField field)
    {
        int from = at + 1;
        field = JsonField.Count;
        if (At(at) != '"' || (at = Text(from, out bool escaped)) < 0 || escaped)
        {
            return Fail;
        }

        field = JsonFieldNames.Find(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _start, from), at - 1 - from));
        at = Space(at);
        return At(at) == ':' ? Space(at + 1) : Fail;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Member(int at, ref RecordScratch.Slot slot, out bool isPresent)
    {
        byte first = At(at);
        slot.IsEscaped = false;
        slot.IsPlainNumber = false;
        if (first == '"')
        {
            int from = at + 1;
            at = ShortText(from, out slot.IsEscaped);
            slot.Token = JsonTokenType.String;
            slot.Start = from;
            slot.Length = at - 1 - from;
            isPresent = slot.Length > 0;
            return at;
        }

        slot.Start = at;
        if (char.IsAsciiDigit((char)first) || first == '-')
        {
            slot.Token = JsonTokenType.Number;
            at = Number(at, ref slot);
        }
        else
        {
            slot.Token = TokenOf(first);
            at = Skip(at, MaxDepth);
        }

        slot.Length = at - slot.Start;
        isPresent = slot.Token != JsonTokenType.Null;
        return at;
    }

    private static JsonTokenType TokenOf(byte first) => first switch
    {
        (byte)'{' => JsonTokenType.StartObject,
        (byte)'[' => JsonTokenType.StartArray,
        (byte)'t' => JsonTokenType.True,
        (byte)'f' => JsonTokenType.False,
        _ => JsonTokenType.Null,
    };

    /// <summary>Steps over any value.</summary>
    private int Skip(int at, int depth)
    {
        byte first = At(at);
        switch (first)
        {
            case (byte)'"':
                return Text(at + 1, out _);
            case (byte)'{' or (byte)'[':
                return depth > 0 ? SkipContainer(at + 1, first, depth - 1) : Fail;
            case (byte)'t':
                return Word(at, "true"u8);
            case (byte)'f':
                return Word(at, "false"u8);
            case (byte)'n':
                return Word(at, "null"u8);
            default:
                RecordScratch.Slot slot = default;
                return Number(at, ref slot);
        }
    }

    private int SkipContainer(int at, byte open, int depth)
    {
        byte close = (byte)(open + 2);
        at = Space(at);
        if (At(at) == close)
        {
            return at + 1;
        }

        while (true)
        {
            if (open == '{')
            {
                if (At(at) != '"' || (at = Text(at + 1, out _)) < 0)
                {
                    return Fail;
                }

                at = Space(at);
                if (At(at) != ':')
                {
                    return Fail;
                }

                at = Space(at + 1);
            }

            at = Skip(at, depth);
            if (at < 0)
            {
                return Fail;
            }

            at = Space(at);
            byte end = At(at);
            if (end == close)
            {
                return at + 1;
            }

            if (end != ',')
            {
                return Fail;
            }

            at = Space(at + 1);
        }
    }

    private readonly int Word(int at, ReadOnlySpan<byte> word) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _start, at), _length - at).StartsWith(word) ? at + word.Length : Fail;

    /// <summary>Steps over a text and its last quote; most end within one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ShortText(int at, out bool escaped)
    {
        if (at + Vector256<byte>.Count <= _length)
        {
            Vector256<byte> bytes = Vector256.LoadUnsafe(ref _start, (nuint)at);
            uint marks = Special(bytes);
            int end = at + BitOperations.TrailingZeroCount(marks);
            if (marks != 0 && Unsafe.Add(ref _start, end) == '"')
            {
                _bits |= bytes;
                escaped = false;
                return end + 1;
            }
        }

        return Text(at, out escaped);
    }

    /// <summary>Steps over a text and its last quote.</summary>
    private int Text(int at, out bool escaped)
    {
        escaped = false;
        while (true)
        {
            // The last bytes are looked at through a vector that begins before them.
            int from = Math.Min(at, _length - Vector128<byte>.Count);
            Vector128<byte> bytes = Load(from);
            _bits |= Vector256.Create(bytes, bytes);
            uint marks = Special(bytes) >> (at - from);
            if (marks == 0)
            {
                at = from + Vector128<byte>.Count;
                if (at >= _length)
                {
                    return Fail;
                }

                continue;
            }

            at += BitOperations.TrailingZeroCount(marks);
            byte mark = Unsafe.Add(ref _start, at);
            if (mark == '"')
            {
                return at + 1;
            }

            escaped = true;
            if (mark != '\\' || (at = Escape(at)) < 0)
            {
                return Fail;
            }
        }
    }

    private readonly int Escape(int at)
    {
        if (_length - at <= 6)
        {
            // Room for four digits, so that nothing looks past the end; the rare record that ends sooner is left to the reader.
            return Fail;
        }

        byte letter = Unsafe.Add(ref _start, at + 1);
        if (letter != 'u')
        {
            bool isKnown =
                letter is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t';
            return isKnown ? at + 2 : Fail;
        }

        for (int i = 2; i < 6; i++)
        {
            if (!char.IsAsciiHexDigit((char)Unsafe.Add(ref _start, at + i)))
            {
                return Fail;
            }
        }

        return at + 6;
    }

    private readonly int Number(int at, ref RecordScratch.Slot slot)
    {
        slot.IsNegative = At(at) == '-';
        at += slot.IsNegative ? 1 : 0;
        int from = at;
        ulong digits = 0;
        at = DigitRun.Read(ref _start, _length, at, ref digits);
        int whole = at - from;
        if (whole == 0 || (whole > 1 && At(from) == '0'))
        {
            return Fail;
        }

        int fraction = 0;
        if (At(at) == '.')
        {
            from = at + 1;
            at = DigitRun.ReadEach(ref _start, _length, from, ref digits);
            fraction = at - from;
            if (fraction == 0)
            {
                return Fail;
            }
        }

        slot.IsPlainNumber = whole + fraction <= MaxDigits;
        slot.Digits = digits;
        slot.Exponent = (short)-fraction;
        return (At(at) | 0x20) != 'e' ? at : Exponent(at + 1, ref slot);
    }

    private readonly int Exponent(int at, ref RecordScratch.Slot slot)
    {
        slot.IsPlainNumber = false;
        int from = at + (At(at) is (byte)'+' or (byte)'-' ? 1 : 0);
        ulong digits = 0;
        at = DigitRun.ReadEach(ref _start, _length, from, ref digits);
        return at > from ? at : Fail;
    }

    /// <summary>The place of the next byte that is no white space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Space(int at) => At(at) > ' ' ? at : MoreSpace(at);

    private readonly int MoreSpace(int at)
    {
        while (At(at) is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly byte At(int at) => (uint)at < (uint)_length ? Unsafe.Add(ref _start, at) : (byte)0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly Vector128<byte> Load(int at) => Vector128.LoadUnsafe(ref _start, (nuint)at);

    // Quotes, escapes, and what may not stand in a text as it is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Special(Vector128<byte> bytes) =>
        (Vector128.Equals(bytes, Vector128.Create((byte)'"'))
            | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
            | Vector128.Equals(Vector128.Min(bytes, Vector128.Create((byte)0x1f)), bytes)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Special(Vector256<byte> bytes) =>
        (Vector256.Equals(bytes, Vector256.Create((byte)'"'))
            | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
            | Vector256.Equals(Vector256.Min(bytes, Vector256.Create((byte)0x1f)), bytes)).ExtractMostSignificantBits();
}
