using System.Buffers;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Reads the members of a CMCD record, the elements of a list in it, or the parameters of a value, one after the other.</summary>
/// <remarks>
/// Structured fields (RFC 8941, and the dates of RFC 9651). Strictly, or as players really send them: numbers may have any number of
/// digits, texts may hold UTF-8 and the names of custom keys capitals; <see cref="Notes"/> says what was let pass. What breaks the
/// structure makes the whole record malformed either way, as in the reference decoder. Allocates nothing.
/// </remarks>
/// <param name="text">The record, a list without its brackets, or parameters.</param>
/// <param name="isStrict">Whether to read as RFC 8941 has it.</param>
internal ref struct CmcdReader(ReadOnlySpan<byte> text, bool isStrict = false)
{
    private static readonly SearchValues<byte> _keyLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.*"u8);
    private static readonly SearchValues<byte> _tokenLetters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~:/"u8);

    private ReadOnlySpan<byte> _rest = text.Trim(" \t"u8);
    private bool _isFirst = true;

    /// <summary>Whether the structure is broken; nothing is read beyond it.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>What was let pass since this was last cleared.</summary>
    public CmcdNotes Notes { get; set; }

    /// <summary>Whether a text is a list as RFC 8941 has it, with its brackets and without parameters of its own.</summary>
    public static bool IsList(ReadOnlySpan<byte> text)
    {
        var reader = new CmcdReader(text, isStrict: true);
        CmcdValue value = reader.TakeValue(allowList: true);
        return !reader.IsMalformed && reader._rest.IsEmpty && value.Type == CmcdType.List && value.Parameters.IsEmpty;
    }

    /// <summary>Reads the next member of a record.</summary>
    public bool TryReadMember(out ReadOnlySpan<byte> key, out CmcdValue value)
    {
        key = default;
        value = default;
        if (IsMalformed || _rest.IsEmpty)
        {
            return false;
        }

        if (!_isFirst)
        {
            if (_rest[0] != (byte)',')
            {
                return Break();
            }

            _rest = _rest[1..].TrimStart(" \t"u8);
        }

        _isFirst = false;
        key = TakeKey();
        if (key.IsEmpty)
        {
            return Break();
        }

        if (_rest.IsEmpty || _rest[0] != (byte)'=')
        {
            value = new CmcdValue(CmcdType.Truth, default, TakeParameters(), isEscaped: false);
        }
        else
        {
            _rest = _rest[1..];
            value = TakeValue(allowList: true);
        }

        if (!_rest.IsEmpty && _rest[0] != (byte)',')
        {
            _rest = _rest.TrimStart(" \t"u8);
        }

        return !IsMalformed;
    }

    /// <summary>Reads the next element of a list.</summary>
    public bool TryReadElement(out CmcdValue value)
    {
        value = default;
        _rest = _rest.TrimStart((byte)' ');
        if (IsMalformed || _rest.IsEmpty)
        {
            return false;
        }

        value = TakeValue(allowList: false);
        return !IsMalformed;
    }

    /// <summary>Reads the next parameter of a value.</summary>
    public bool TryReadParameter(out ReadOnlySpan<byte> key, out CmcdValue value)
    {
        key = default;
        value = default;
        if (IsMalformed || _rest.IsEmpty)
        {
            return false;
        }

        _rest = _rest[1..].TrimStart((byte)' ');
        key = TakeKey();
        if (key.IsEmpty)
        {
            return Break();
        }

        value = new CmcdValue(CmcdType.Truth, default, default, isEscaped: false);
        if (!_rest.IsEmpty && _rest[0] == (byte)'=')
        {
            _rest = _rest[1..];
            value = TakeBareValue(allowList: false);
        }

        return !IsMalformed;
    }

    private bool Break()
    {
        IsMalformed = true;
        _rest = default;
        return false;
    }

    private bool Allow(CmcdNotes note)
    {
        Notes |= note;
        return !isStrict || Break();
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private ReadOnlySpan<byte> TakeKey()
    {
        int length = 0;
        while (length < _rest.Length && _keyLetters.Contains(_rest[length]))
        {
            length++;
        }

        if (length < _rest.Length && char.IsAsciiLetterUpper((char)_rest[length]))
        {
            return TakeKeyWithCapitals();
        }

        return length > 0 && (char.IsAsciiLetterLower((char)_rest[0]) || _rest[0] == (byte)'*') ? Take(length) : default;
    }

    // The examples of version 1 have capitals in custom keys; a key of the standard in capitals is none.
    private ReadOnlySpan<byte> TakeKeyWithCapitals()
    {
        int length = 0;
        while (length < _rest.Length && (_keyLetters.Contains(_rest[length]) || char.IsAsciiLetterUpper((char)_rest[length])))
        {
            length++;
        }

        bool isCustom = char.IsAsciiLetter((char)_rest[0]) && _rest[..length].Contains((byte)'-');
        return isCustom && Allow(CmcdNotes.Capital) ? Take(length) : default;
    }

    private CmcdValue TakeValue(bool allowList)
    {
        CmcdValue bare = TakeBareValue(allowList);
        return IsMalformed || _rest.IsEmpty || _rest[0] != (byte)';'
            ? bare
            : new CmcdValue(bare.Type, bare.Raw, TakeParameters(), bare.IsEscaped);
    }

    private CmcdValue TakeBareValue(bool allowList)
    {
        if (_rest.IsEmpty)
        {
            Break();
            return default;
        }

        bool isEscaped = false;
        CmcdType type = TypeAt(_rest[0], allowList);
        ReadOnlySpan<byte> raw = default;
        switch (type)
        {
            case CmcdType.Text:
                raw = TakeText(out isEscaped);
                break;
            case CmcdType.List:
                raw = TakeList();
                break;
            case CmcdType.Truth:
                type = _rest.StartsWith("?1"u8) ? CmcdType.Truth : CmcdType.Falsehood;
                IsMalformed |= !_rest.StartsWith("?1"u8) && !_rest.StartsWith("?0"u8);
                Take(Math.Min(2, _rest.Length));
                break;
            case CmcdType.Bytes:
                raw = TakeBytes();
                break;
            case CmcdType.Date:
                _rest = _rest[1..];
                raw = TakeNumber();
                IsMalformed |= raw.Contains((byte)'.');
                break;
            case CmcdType.Number:
                raw = TakeNumber();
                break;
            case CmcdType.Token:
                int length = _rest.IndexOfAnyExcept(_tokenLetters);
                raw = Take(length < 0 ? _rest.Length : length);
                break;
            default:
                Break();
                break;
        }

        return IsMalformed ? default : new CmcdValue(type, raw, default, isEscaped);
    }

    private static CmcdType TypeAt(byte first, bool allowList) => first switch
    {
        (byte)'"' => CmcdType.Text,
        (>= (byte)'0' and <= (byte)'9') or (byte)'-' => CmcdType.Number,
        (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (byte)'*' => CmcdType.Token,
        (byte)'(' when allowList => CmcdType.List,
        (byte)'?' => CmcdType.Truth,
        (byte)':' => CmcdType.Bytes,
        (byte)'@' => CmcdType.Date,
        _ => CmcdType.None,
    };

    private ReadOnlySpan<byte> TakeText(out bool isEscaped)
    {
        isEscaped = false;
        int end = 1;
        while (true)
        {
            int next = _rest[end..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                Break();
                return default;
            }

            end += next;
            if (_rest[end] == (byte)'"')
            {
                break;
            }

            isEscaped = true;
            if (end + 1 >= _rest.Length || _rest[end + 1] is not ((byte)'"' or (byte)'\\'))
            {
                Break();
                return default;
            }

            end += 2;
        }

        ReadOnlySpan<byte> inner = _rest[1..end];
        int odd = inner.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E);
        if (odd >= 0 && !IsTextBeyondAscii(inner[odd..]))
        {
            Break();
            return default;
        }

        _rest = _rest[(end + 1)..];
        return inner;
    }

    private bool IsTextBeyondAscii(ReadOnlySpan<byte> text) =>
        !text.ContainsAnyInRange((byte)0, (byte)0x1F) && !text.Contains((byte)0x7F) && Allow(CmcdNotes.BeyondAscii);

    // Elements are looked at here once, so that a broken list breaks its record.
    private ReadOnlySpan<byte> TakeList()
    {
        ReadOnlySpan<byte> whole = _rest[1..];
        _rest = whole;
        while (!IsMalformed)
        {
            _rest = _rest.TrimStart((byte)' ');
            if (_rest.IsEmpty)
            {
                Break();
            }
            else if (_rest[0] == (byte)')')
            {
                ReadOnlySpan<byte> inner = whole[..(whole.Length - _rest.Length)];
                Take(1);
                return inner;
            }
            else
            {
                TakeValue(allowList: false);
                if (!_rest.IsEmpty && _rest[0] is not ((byte)' ' or (byte)')'))
                {
                    Break();
                }
            }
        }

        return default;
    }

    private ReadOnlySpan<byte> TakeBytes()
    {
        int end = _rest[1..].IndexOf((byte)':');
        if (end < 0)
        {
            Break();
            return default;
        }

        return Take(end + 2)[1..^1];
    }

    private ReadOnlySpan<byte> TakeNumber()
    {
        int start = _rest.StartsWith("-"u8) ? 1 : 0;
        int length = start;
        int point = -1;
        for (; length < _rest.Length; length++)
        {
            if (_rest[length] == (byte)'.' && point < 0 && length > start)
            {
                point = length;
            }
            else if (!char.IsAsciiDigit((char)_rest[length]))
            {
                break;
            }
        }

        if (length == start || length - 1 == point)
        {
            Break();
            return default;
        }

        bool isLong = point < 0 ? length - start > 15 : point - start > 12 || length - point > 4;
        if (isLong && !Allow(CmcdNotes.LongNumber))
        {
            return default;
        }

        return Take(length);
    }

    private ReadOnlySpan<byte> TakeParameters()
    {
        ReadOnlySpan<byte> before = _rest;
        while (!IsMalformed && !_rest.IsEmpty && _rest[0] == (byte)';')
        {
            TryReadParameter(out _, out _);
        }

        return IsMalformed ? default : before[..(before.Length - _rest.Length)];
    }
}
