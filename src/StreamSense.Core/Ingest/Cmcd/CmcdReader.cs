namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Reads the members of a CMCD record, or the elements of a list in it, one after the other.</summary>
/// <remarks>
/// Structured fields (RFC 8941) as players really send them: spaces are allowed around commas, numbers may have any number of digits and
/// texts may hold UTF-8. What breaks the structure makes the whole record malformed, as in the reference decoder. Allocates nothing.
/// </remarks>
/// <param name="text">The record, or a list without its brackets.</param>
internal ref struct CmcdReader(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text.Trim(" \t"u8);
    private bool _isFirst = true;

    /// <summary>Whether the structure is broken; nothing is read beyond it.</summary>
    public bool IsMalformed { get; private set; }

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

        if (!_rest.StartsWith("="u8))
        {
            value = new CmcdValue(CmcdType.Truth, default, TakeParameters(), isEscaped: false);
        }
        else
        {
            _rest = _rest[1..];
            value = TakeValue(allowList: true);
        }

        _rest = _rest.TrimStart(" \t"u8);
        return !IsMalformed;
    }

    /// <summary>Reads the next element of a list.</summary>
    public bool TryReadElement(out CmcdValue value)
    {
        value = default;
        _rest = _rest.TrimStart(" "u8);
        if (IsMalformed || _rest.IsEmpty)
        {
            return false;
        }

        value = TakeValue(allowList: false);
        return !IsMalformed;
    }

    private bool Break()
    {
        IsMalformed = true;
        _rest = default;
        return false;
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
        while (length < _rest.Length && IsKeyLetter(_rest[length], length == 0))
        {
            length++;
        }

        return Take(length);
    }

    private static bool IsKeyLetter(byte letter, bool isFirst) =>
        char.IsAsciiLetterLower((char)letter)
        || letter == (byte)'*'
        || (!isFirst && (char.IsAsciiDigit((char)letter) || letter is (byte)'_' or (byte)'-' or (byte)'.'));

    private CmcdValue TakeValue(bool allowList)
    {
        if (_rest.IsEmpty)
        {
            Break();
            return default;
        }

        bool isEscaped = false;
        var type = CmcdType.None;
        ReadOnlySpan<byte> raw = default;
        byte first = _rest[0];
        if (first == (byte)'"')
        {
            type = CmcdType.Text;
            raw = TakeText(out isEscaped);
        }
        else if (first == (byte)'(' && allowList)
        {
            type = CmcdType.List;
            raw = TakeList();
        }
        else if (first == (byte)'?')
        {
            type = _rest.StartsWith("?1"u8) ? CmcdType.Truth : CmcdType.Falsehood;
            IsMalformed |= !_rest.StartsWith("?1"u8) && !_rest.StartsWith("?0"u8);
            Take(Math.Min(2, _rest.Length));
        }
        else if (first == (byte)':')
        {
            type = CmcdType.Bytes;
            raw = TakeBytes();
        }
        else if (char.IsAsciiDigit((char)first) || first is (byte)'-' or (byte)'@')
        {
            type = CmcdType.Number;
            raw = TakeNumber();
        }
        else if (char.IsAsciiLetter((char)first) || first == (byte)'*')
        {
            type = CmcdType.Token;
            raw = TakeToken();
        }
        else
        {
            Break();
        }

        return IsMalformed ? default : new CmcdValue(type, raw, TakeParameters(), isEscaped);
    }

    private ReadOnlySpan<byte> TakeText(out bool isEscaped)
    {
        isEscaped = false;
        for (int i = 1; i < _rest.Length; i++)
        {
            if (_rest[i] == (byte)'\\')
            {
                isEscaped = true;
                i++;
            }
            else if (_rest[i] == (byte)'"')
            {
                return Take(i + 1)[1..^1];
            }
        }

        Break();
        return default;
    }

    // Elements are looked at here once, so that a broken list breaks its record.
    private ReadOnlySpan<byte> TakeList()
    {
        ReadOnlySpan<byte> whole = _rest[1..];
        _rest = whole;
        while (!IsMalformed)
        {
            _rest = _rest.TrimStart(" "u8);
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
        if (_rest[0] == (byte)'@')
        {
            Take(1);
        }

        int length = _rest.StartsWith("-"u8) ? 1 : 0;
        int digits = 0;
        bool hasPoint = false;
        for (; length < _rest.Length; length++)
        {
            bool isPoint = _rest[length] == (byte)'.';
            if (!char.IsAsciiDigit((char)_rest[length]) && !(isPoint && !hasPoint && digits > 0))
            {
                break;
            }

            hasPoint |= isPoint;
            digits += isPoint ? 0 : 1;
        }

        if (digits == 0 || _rest[length - 1] == (byte)'.')
        {
            Break();
            return default;
        }

        return Take(length);
    }

    private ReadOnlySpan<byte> TakeToken()
    {
        int length = _rest.IndexOfAny(",;() \t\"="u8);
        return Take(length < 0 ? _rest.Length : length);
    }

    private ReadOnlySpan<byte> TakeParameters()
    {
        ReadOnlySpan<byte> before = _rest;
        while (_rest.StartsWith(";"u8))
        {
            _rest = _rest[1..].TrimStart(" "u8);
            if (TakeKey().IsEmpty)
            {
                Break();
                return default;
            }

            if (_rest.StartsWith("="u8))
            {
                _rest = _rest[1..];
                TakeParameterValue();
            }
        }

        return IsMalformed ? default : before[..(before.Length - _rest.Length)];
    }

    private void TakeParameterValue()
    {
        if (_rest.IsEmpty)
        {
            Break();
            return;
        }

        byte first = _rest[0];
        if (first == (byte)'"')
        {
            TakeText(out _);
        }
        else if (char.IsAsciiDigit((char)first) || first == (byte)'-')
        {
            TakeNumber();
        }
        else if (char.IsAsciiLetter((char)first) || first is (byte)'*' or (byte)'?')
        {
            TakeToken();
        }
        else
        {
            Break();
        }
    }
}
