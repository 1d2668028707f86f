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

    private readonly ref byte _start;
    private readonly int _length;
    private readonly RecordScratch _scratch;
    private Vector128<byte> _bits;
    private int _at;

    private JsonScanner(ReadOnlySpan<byte> line, RecordScratch scratch)
    {
        _start = ref MemoryMarshal.GetReference(line);
        _length = line.Length;
        _scratch = scratch;
    }

    /// <summary>The members that were found, whatever their values.</summary>
    public FieldSet Seen { get; private set; }

    /// <summary>The members that are there with a value: neither null nor an empty text.</summary>
    public FieldSet Present { get; private set; }

    /// <summary>Whether there were members that the schema does not know.</summary>
    public bool HasUnknown { get; private set; }

    /// <summary>Whether every byte is ASCII; if not, perhaps it is all the same.</summary>
    public readonly bool IsAscii => _bits.ExtractMostSignificantBits() == 0;

    /// <summary>Notes where the members of a record stand.</summary>
    /// <returns>False if the line is not surely valid, or a member stands twice.</returns>
    public static bool TryScan(ReadOnlySpan<byte> line, RecordScratch scratch, out JsonScanner scanner)
    {
        scanner = new JsonScanner(line, scratch);
        return line.Length >= Vector128<byte>.Count && scanner.TryRecord();
    }

    private bool TryRecord()
    {
        if (Next() != '{')
        {
            return false;
        }

        _at++;
        if (Next() == '}')
        {
            _at++;
            return Next() == 0 && _at == _length;
        }

        JsonField last = JsonField.Count;
        while (true)
        {
            if (!TryName(last, out JsonField field) || !TryMember(field))
            {
                return false;
            }

            last = field;
            byte end = Next();
            _at++;
            if (end == '}')
            {
                return Next() == 0 && _at == _length;
            }

            if (end != ',' || Next() != '"')
            {
                return false;
            }
        }
    }

    // Senders spell the members of their records in one order: what followed the last member in the last record is tried first.
    private bool TryName(JsonField last, out JsonField field)
    {
        field = _scratch.Followers[(int)last];
        ref readonly FieldPatterns.Pattern pattern = ref FieldPatterns.Of(field);
        if (_at + Vector128<byte>.Count <= _length && pattern.Matches(Load(_at)))
        {
            _at += pattern.Length;
            return true;
        }

        int start = _at + 1;
        if (Next() != '"' || !TryText(out bool escaped) || escaped)
        {
            return false;
        }

        field = JsonFieldNames.Find(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _start, start), _at - 1 - start));
        _scratch.Followers[(int)last] = field;
        if (Next() != ':')
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool TryMember(JsonField field)
    {
        byte first = Next();
        if (field == JsonField.Count)
        {
            HasUnknown = true;
            return TrySkip(first, MaxDepth);
        }

        if (Seen.Contains(field))
        {
            return false;
        }

        Seen = Seen.With(field);
        ref RecordScratch.Slot slot = ref _scratch.Slots[(int)field];
        slot.Start = _at;
        slot.IsEscaped = false;
        slot.IsPlainNumber = false;
        bool isValid;
        if (first == '"')
        {
            slot.Start++;
            slot.Token = JsonTokenType.String;
            isValid = TryText(out slot.IsEscaped);
            slot.Length = _at - 1 - slot.Start;
            Present = slot.Length > 0 ? Present.With(field) : Present;
            return isValid;
        }

        if (char.IsAsciiDigit((char)first) || first == '-')
        {
            slot.Token = JsonTokenType.Number;
            isValid = TryNumber(ref slot);
        }
        else
        {
            slot.Token = TokenOf(first);
            isValid = TrySkip(first, MaxDepth);
        }

        slot.Length = _at - slot.Start;
        Present = slot.Token != JsonTokenType.Null ? Present.With(field) : Present;
        return isValid;
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
    private bool TrySkip(byte first, int depth)
    {
        switch (first)
        {
            case (byte)'"':
                return TryText(out _);
            case (byte)'{' or (byte)'[':
                return depth > 0 && TrySkipContainer(first, depth - 1);
            case (byte)'t':
                return TryWord("true"u8);
            case (byte)'f':
                return TryWord("false"u8);
            case (byte)'n':
                return TryWord("null"u8);
            default:
                RecordScratch.Slot slot = default;
                return TryNumber(ref slot);
        }
    }

    private bool TrySkipContainer(byte first, int depth)
    {
        byte close = (byte)(first + 2);
        _at++;
        if (Next() == close)
        {
            _at++;
            return true;
        }

        while (true)
        {
            if (first == '{')
            {
                if (Next() != '"' || !TryText(out _) || Next() != ':')
                {
                    return false;
                }

                _at++;
            }

            if (!TrySkip(Next(), depth))
            {
                return false;
            }

            byte end = Next();
            _at++;
            if (end == close)
            {
                return true;
            }

            if (end != ',')
            {
                return false;
            }
        }
    }

    private bool TryWord(ReadOnlySpan<byte> word)
    {
        bool isWord = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _start, _at), _length - _at).StartsWith(word);
        _at += word.Length;
        return isWord;
    }

    /// <summary>Steps over a text, from quote to quote.</summary>
    private bool TryText(out bool escaped)
    {
        escaped = false;
        _at++;
        while (true)
        {
            // The last bytes are looked at through a vector that begins before them.
            int from = Math.Min(_at, _length - Vector128<byte>.Count);
            Vector128<byte> bytes = Load(from);
            _bits |= bytes;
            uint marks = Special(bytes) >> (_at - from);
            if (marks == 0)
            {
                _at = from + Vector128<byte>.Count;
                if (_at >= _length)
                {
                    return false;
                }

                continue;
            }

            _at += BitOperations.TrailingZeroCount(marks);
            byte mark = Unsafe.Add(ref _start, _at);
            if (mark == '"')
            {
                _at++;
                return true;
            }

            escaped = true;
            if (mark != '\\' || !TryEscape())
            {
                return false;
            }
        }
    }

    private bool TryEscape()
    {
        if (_length - _at < 6)
        {
            // Room for four digits, so that nothing below looks past the end; the rare record that ends sooner is left to the reader.
            return false;
        }

        byte letter = Unsafe.Add(ref _start, _at + 1);
        if (letter != 'u')
        {
            _at += 2;
            return letter is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t';
        }

        for (int i = 2; i < 6; i++)
        {
            if (!char.IsAsciiHexDigit((char)Unsafe.Add(ref _start, _at + i)))
            {
                return false;
            }
        }

        _at += 6;
        return _at < _length;
    }

    private bool TryNumber(ref RecordScratch.Slot slot)
    {
        int start = _at;
        slot.IsNegative = At(_at) == '-';
        _at += slot.IsNegative ? 1 : 0;
        int from = _at;
        ulong digits = Digits(0);
        int whole = _at - from;
        if (whole == 0 || (whole > 1 && At(from) == '0'))
        {
            return false;
        }

        int fraction = 0;
        if (At(_at) == '.')
        {
            from = ++_at;
            digits = Digits(digits);
            fraction = _at - from;
            if (fraction == 0)
            {
                return false;
            }
        }

        slot.IsPlainNumber = whole + fraction <= MaxDigits;
        slot.Digits = digits;
        slot.Exponent = (short)-fraction;
        return (At(_at) | 0x20) != 'e' || TryExponent(ref slot);
    }

    private bool TryExponent(ref RecordScratch.Slot slot)
    {
        slot.IsPlainNumber = false;
        _at++;
        _at += At(_at) is (byte)'+' or (byte)'-' ? 1 : 0;
        int from = _at;
        Digits(0);
        return _at > from;
    }

    // Digits beyond the eighteenth make nonsense of the sum, which is not used then.
    private ulong Digits(ulong value)
    {
        int at = _at;
        for (; at < _length; at++)
        {
            uint digit = (uint)(Unsafe.Add(ref _start, at) - '0');
            if (digit > 9)
            {
                break;
            }

            value = (value * 10) + digit;
        }

        _at = at;
        return value;
    }

    /// <summary>The next byte that is no white space; 0 at the end.</summary>
    private byte Next()
    {
        byte next = At(_at);
        return next > ' ' ? next : NextAfterSpace();
    }

    private byte NextAfterSpace()
    {
        while (_at < _length && Unsafe.Add(ref _start, _at) is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _at++;
        }

        return At(_at);
    }

    private readonly byte At(int at) => at < _length ? Unsafe.Add(ref _start, at) : (byte)0;

    private readonly Vector128<byte> Load(int at) => Vector128.LoadUnsafe(ref _start, (nuint)at);

    // Quotes, escapes, and what may not stand in a text as it is.
    private static uint Special(Vector128<byte> bytes) =>
        (Vector128.Equals(bytes, Vector128.Create((byte)'"'))
            | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
            | Vector128.Equals(Vector128.Min(bytes, Vector128.Create((byte)0x1f)), bytes)).ExtractMostSignificantBits();
}
