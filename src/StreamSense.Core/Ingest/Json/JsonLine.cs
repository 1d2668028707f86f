using System.Buffers.Text;
using System.Globalization;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Members of a JSON object in their canonical spelling, in a buffer that is reused.</summary>
/// <remarks>Canonical: no white space, only the escapes that JSON requires, times in milliseconds. Grows to its longest text.</remarks>
internal sealed class JsonLine
{
    private const int MaxNumberLength = 40;

    private byte[] _buffer = new byte[1024];
    private int _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Clear() => _length = 0;

    /// <summary>A member's name, after a comma if it is not the first of its object.</summary>
    public void Name(JsonField field) => Name(JsonFieldNames.Utf8NameOf(field));

    public void Name(ReadOnlySpan<byte> utf8Name)
    {
        Separate();
        Text(utf8Name);
        Append((byte)':');
    }

    /// <summary>A comma, where one is due.</summary>
    public void Separate()
    {
        if (_length > 0 && _buffer[_length - 1] is not ((byte)'{' or (byte)'[' or (byte)':'))
        {
            Append((byte)',');
        }
    }

    public void Text(JsonField field, ReadOnlySpan<byte> utf8Text)
    {
        if (!utf8Text.IsEmpty)
        {
            Name(field);
            Text(utf8Text);
        }
    }

    public void Text(ReadOnlySpan<byte> utf8Text)
    {
        Append((byte)'"');
        while (true)
        {
            int plain = utf8Text.IndexOfAny(JsonText.Escaped);
            if (plain < 0)
            {
                break;
            }

            Raw(utf8Text[..plain]);
            Escape(utf8Text[plain]);
            utf8Text = utf8Text[(plain + 1)..];
        }

        Raw(utf8Text);
        Append((byte)'"');
    }

    public void Pseudonym(JsonField field, ulong bits)
    {
        if (bits != 0)
        {
            Name(field);
            Pseudonym(bits);
        }
    }

    public void Pseudonym(ulong bits)
    {
        Append((byte)'"');
        Json.Pseudonym.Write(bits, Reserve(Json.Pseudonym.Length));
        _length += Json.Pseudonym.Length;
        Append((byte)'"');
    }

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, Reserve(MaxNumberLength), out int written);
        _length += written;
    }

    public void Number(double value)
    {
        value.TryFormat(Reserve(MaxNumberLength), out int written, "R", CultureInfo.InvariantCulture);
        _length += written;
    }

    public void Number(float value)
    {
        value.TryFormat(Reserve(MaxNumberLength), out int written, "R", CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>A number of thousandths or millionths, with as many digits as it needs.</summary>
    public void Decimal(long value, int digits)
    {
        ulong magnitude = value < 0 ? 0UL - (ulong)value : (ulong)value;
        ulong unit = 1;
        for (int i = 0; i < digits; i++)
        {
            unit *= 10;
        }

        if (value < 0)
        {
            Append((byte)'-');
        }

        Number((long)(magnitude / unit));
        ulong rest = magnitude % unit;
        if (rest == 0)
        {
            return;
        }

        Append((byte)'.');
        while (rest != 0)
        {
            unit /= 10;
            Append((byte)('0' + (rest / unit)));
            rest %= unit;
        }
    }

    public void Truth(JsonField field, bool value)
    {
        Name(field);
        Raw(value ? "true"u8 : "false"u8);
    }

    public void Append(byte value)
    {
        Reserve(1)[0] = value;
        _length++;
    }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Takes back what was written after a length.</summary>
    public void Truncate(int length) => _length = length;

    private void Escape(byte value)
    {
        ReadOnlySpan<byte> known = value switch
        {
            (byte)'"' => "\\\""u8,
            (byte)'\\' => "\\\\"u8,
            (byte)'\b' => "\\b"u8,
            (byte)'\f' => "\\f"u8,
            (byte)'\n' => "\\n"u8,
            (byte)'\r' => "\\r"u8,
            (byte)'\t' => "\\t"u8,
            _ => default,
        };
        if (!known.IsEmpty)
        {
            Raw(known);
            return;
        }

        Raw("\\u00"u8);
        Append("0123456789abcdef"u8[value >> 4]);
        Append("0123456789abcdef"u8[value & 15]);
    }

    private Span<byte> Reserve(int size)
    {
        if (_buffer.Length - _length < size)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + size));
        }

        return _buffer.AsSpan(_length);
    }
}
