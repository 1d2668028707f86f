using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Finds the members of a record in one pass over its bytes.</summary>
/// <remarks>
/// It takes only what is valid JSON beyond doubt and gives up on everything else: then <see cref="Utf8JsonReader"/> has the word, and says
/// what is wrong and where. The bytes need not be UTF-8; <see cref="IsAscii"/> says whether that has to be looked at.
/// </remarks>
internal ref struct JsonScanner
{
    // Deeper values are left to the reader, which knows the limit.
    private const int MaxDepth = 16;
    private const int MaxDigits = 18;
    private const int Fail = -1;

    private readonly ref byte _start;
    private readonly int _length;
    private readonly RecordScratch _scratch;
    private Vector256<byte> _bits;

    private JsonScanner(ReadOnlySpan<byte> line, RecordScratch scratch)
    {
        _start = ref MemoryMarshal.GetReference(line);
        _length = line.Length;
        _scratch = scratch;
        KnownRun = -1;
    }

    /// <summary>The members that were found, whatever their values.</summary>
    public FieldSet Seen { get; private set; }

    /// <summary>The members that are there with a value: neither null nor an empty text.</summary>
    public FieldSet Present { get; private set; }

    /// <summary>Whether there were members that the schema does not know.</summary>
    public bool HasUnknown { get; private set; }

    /// <summary>The remembered run of members that stands in the line; -1 if none does.</summary>
    public int KnownRun { get; private set; }

    /// <summary>A run of members that might be remembered; of no length if there is none.</summary>
    public MemberRun NewRun { get; private set; }

    /// <summary>Whether every byte is ASCII; if not, perhaps it is all the same.</summary>
    public readonly bool IsAscii => _bits.ExtractMostSignificantBits() == 0;

    /// <summary>Notes where the members of a record stand.</summary>
    /// <returns>False if the line is not surely valid, or a member stands twice.</returns>
    public static bool TryScan(ReadOnlySpan<byte> line, RecordScratch scratch, out JsonScanner scanner)
    {
        scanner = new JsonScanner(line, scratch);
        return line.Length >= Vector128<byte>.Count && scanner.TryRecord();
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

        FieldSet seen = default;
        FieldSet present = default;
        Span<JsonField> followers = _scratch.FollowersOf(0);
        JsonField runStart = _scratch.RunStartOf(0);
        JsonField last = JsonField.Count;
        MemberRun run = default;
        int kindLength = 0;
        while (true)
        {
            int from = at;
            at = Name(at, ref followers[(int)last], out JsonField field);
            if (at < 0)
            {
                return false;
            }

            FieldSet own = FieldSet.Of(field);
            if (field == JsonField.Count)
            {
                HasUnknown = true;
                run.Close();
                at = Skip(at, MaxDepth);
            }
            else if (!(seen & own).IsEmpty)
            {
                return false;
            }
            else if (field == runStart && KnownRun < 0 && TryKnownRun(from))
            {
                ref readonly EnvelopeRun known = ref _scratch.Runs[KnownRun];
                if (seen.Overlaps(known.Seen))
                {
                    return false;
                }

                seen |= known.Seen;
                present |= known.Present;
                field = known.Last;
                at = from + known.Length;
            }
            else
            {
                ref RecordScratch.Slot slot = ref _scratch.Slots[(int)field];
                at = Member(at, ref slot, out bool isPresent);
                seen |= own;
                present = isPresent ? present | own : present;
                if (field == JsonField.Kind)
                {
                    kindLength = slot.Length;
                    followers = _scratch.FollowersOf(kindLength);
                    runStart = _scratch.RunStartOf(kindLength);
                }

                run.Add(field, slot.Token, from, at, kindLength);
            }

            if (at < 0)
            {
                return false;
            }

            last = field;
            at = Space(at);
            byte end = At(at);
            at = Space(at + 1);
            if (end != ',')
            {
                Seen = seen;
                Present = present;
                NoteRun(run);
                return end == '}' && at == _length;
            }
        }
    }

    private bool TryKnownRun(int at)
    {
        KnownRun = _scratch.Runs.Find(MemoryMarshal.CreateReadOnlySpan(ref _start, _length), at);
        if (KnownRun >= 0)
        {
            _scratch.DeferRun(KnownRun, at);
        }

        return KnownRun >= 0;
    }

    private void NoteRun(MemberRun run)
    {
        run.Close();
        if (run.Members != 0 && KnownRun < 0)
        {
            NewRun = run;
            _scratch.RunStartOf(run.KindLength) = run.First;
        }
    }

    // Senders spell the members of their records in one order: what followed the last member in the last record is tried first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Name(int at, ref JsonField expected, out JsonField field)
    {
        field = expected;
        ref readonly FieldPatterns.Pattern pattern = ref FieldPatterns.Of(field);
        if (at + Vector128<byte>.Count <= _length && pattern.Matches(Load(at)))
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
        at = Whole(at, ref digits);
        int whole = at - from;
        if (whole == 0 || (whole > 1 && At(from) == '0'))
        {
            return Fail;
        }

        int fraction = 0;
        if (At(at) == '.')
        {
            from = at + 1;
            at = Digits(from, ref digits);
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
        at = Digits(from, ref digits);
        return at > from ? at : Fail;
    }

    // Fewer than sixteen digits are found and read at once: how many there are, no branch has to guess.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Whole(int at, ref ulong value)
    {
        if (!BitConverter.IsLittleEndian || at + Vector128<byte>.Count > _length)
        {
            return Digits(at, ref value);
        }

        Vector128<byte> digits = Load(at) - Vector128.Create((byte)'0');
        uint others = Vector128.GreaterThan(digits, Vector128.Create((byte)9)).ExtractMostSignificantBits();
        int count = BitOperations.TrailingZeroCount(others);
        if (others == 0 || count == 0)
        {
            return Digits(at, ref value);
        }

        ulong head = digits.AsUInt64().ToScalar();
        value = count <= sizeof(ulong)
            ? Eight(head << (64 - (8 * count)))
            : (Eight(head << (128 - (8 * count))) * 100_000_000)
                + Eight(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref _start, at + count - sizeof(ulong))) & 0x0F0F0F0F0F0F0F0FUL);
        return at + count;
    }

    // Eight digits, the first in the lowest byte: pairs, then fours, then all.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Eight(ulong digits)
    {
        digits = (digits * 2561) >> 8;
        digits = ((digits & 0x00FF00FF00FF00FFUL) * 6553601) >> 16;
        return ((digits & 0x0000FFFF0000FFFFUL) * 42949672960001UL) >> 32;
    }

    // Digits beyond the eighteenth make nonsense of the sum, which is not used then.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Digits(int at, ref ulong value)
    {
        for (; at < _length; at++)
        {
            uint digit = (uint)(Unsafe.Add(ref _start, at) - '0');
            if (digit > 9)
            {
                break;
            }

            value = (value * 10) + digit;
        }

        return at;
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
