using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Where a text of a record comes from, and how it is cut before it is read.</summary>
/// <remarks>
/// The steps are taken in this order: decode, after, before, pair, match, case, null. Immutable. All but <c>match</c> allocate nothing.
/// </remarks>
internal sealed class ValueReading
{
    private const int MaxMatched = 4096;

    /// <summary>The columns or paths to try, the first with a value wins.</summary>
    public int[] Slots { get; init; } = [];

    /// <summary>A text with places for values; null if there is none.</summary>
    public (byte[] Text, int Slot)[]? Template { get; init; }

    /// <summary>Whether <c>%20</c> means a blank.</summary>
    public bool IsPercentEncoded { get; init; }

    /// <summary>Whether <c>+</c> means a blank too.</summary>
    public bool IsForm { get; init; }

    public byte[] After { get; init; } = [];

    public byte[] Before { get; init; } = [];

    public KeyedText? Pair { get; init; }

    public Regex? Match { get; init; }

    public int Group { get; init; }

    /// <summary>-1 for small letters, 1 for capitals, 0 for as they are; ASCII only.</summary>
    public int Case { get; init; }

    public byte[][] Nulls { get; init; } = [];

    /// <summary>What a message calls the value.</summary>
    public string Description { get; init; } = "";

    public SourceValue Read(in SourceRecord record)
    {
        SourceValue value = Template is null ? First(record) : Fill(record);
        if (value.IsAbsent || value.IsTree)
        {
            return value;
        }

        ReadOnlySpan<byte> text = IsPercentEncoded ? Decode(value.Text, record.Arena) : value.Text;
        int after = After.Length > 0 ? text.IndexOf(After) : -1;
        text = after >= 0 ? text[(after + After.Length)..] : text;
        int before = Before.Length > 0 ? text.IndexOf(Before) : -1;
        text = before >= 0 ? text[..before] : text;
        text = Pair is null ? text : Pair.Find(text);
        text = Match is null ? text : Matched(text, record.Arena);
        text = Case == 0 ? text : Recase(text, record.Arena);
        if (text.IsEmpty || IsNull(text))
        {
            return default;
        }

        // What was cut out of a number or a truth value is a text like any other.
        return new SourceValue(text.Length == value.Text.Length ? value.Token : JsonTokenType.String, text);
    }

    private static SourceValue First(in SourceRecord record, ReadOnlySpan<int> slots)
    {
        foreach (int slot in slots)
        {
            SourceValue value = record[slot];
            if (!value.IsAbsent)
            {
                return value;
            }
        }

        return default;
    }

    private SourceValue First(in SourceRecord record) => First(record, Slots);

    // A template of which one value is absent has none itself.
    private SourceValue Fill(in SourceRecord record)
    {
        ReadOnlySpan<byte> whole = default;
        foreach ((byte[] text, int slot) in Template!)
        {
            SourceValue value = slot < 0 ? new SourceValue(JsonTokenType.String, default) : record[slot];
            if (value.IsAbsent)
            {
                return default;
            }

            Span<byte> longer = record.Arena.Rent(whole.Length + text.Length + value.Text.Length);
            whole.CopyTo(longer);
            text.CopyTo(longer[whole.Length..]);
            value.Text.CopyTo(longer[(whole.Length + text.Length)..]);
            whole = longer;
        }

        return new SourceValue(JsonTokenType.String, whole);
    }

    // What is no escape, or would be no UTF-8, stays as it is.
    private ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> text, TextArena arena)
    {
        if (text.IndexOfAny((byte)'%', (byte)'+') < 0)
        {
            return text;
        }

        Span<byte> room = arena.Rent(text.Length);
        int written = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == (byte)'%' && i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1])
                && char.IsAsciiHexDigit((char)text[i + 2]))
            {
                room[written++] = (byte)((Digit(text[i + 1]) << 4) | Digit(text[i + 2]));
                i += 2;
            }
            else
            {
                room[written++] = IsForm && text[i] == (byte)'+' ? (byte)' ' : text[i];
            }
        }

        return System.Text.Unicode.Utf8.IsValid(room[..written]) ? room[..written] : text;
    }

    private static int Digit(byte letter) => letter <= '9' ? letter - '0' : (letter | 0x20) - 'a' + 10;

    private ReadOnlySpan<byte> Matched(ReadOnlySpan<byte> text, TextArena arena)
    {
        if (text.IsEmpty || text.Length > MaxMatched)
        {
            return default;
        }

        Match match = Match!.Match(Encoding.UTF8.GetString(text));
        Group group = match.Groups[Group];
        if (!match.Success || !group.Success)
        {
            return default;
        }

        Span<byte> room = arena.Rent(Encoding.UTF8.GetByteCount(group.ValueSpan));
        Encoding.UTF8.GetBytes(group.ValueSpan, room);
        return room;
    }

    private ReadOnlySpan<byte> Recase(ReadOnlySpan<byte> text, TextArena arena)
    {
        Span<byte> room = arena.Rent(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char letter = (char)text[i];
            room[i] = (byte)(Case < 0 && char.IsAsciiLetterUpper(letter) ? letter | 0x20
                : Case > 0 && char.IsAsciiLetterLower(letter) ? letter & ~0x20
                : letter);
        }

        return room;
    }

    private bool IsNull(ReadOnlySpan<byte> text)
    {
        foreach (byte[] absent in Nulls)
        {
            if (text.SequenceEqual(absent))
            {
                return true;
            }
        }

        return false;
    }
}
