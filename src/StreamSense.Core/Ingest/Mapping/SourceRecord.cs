using System.Text.Json;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>A record of a source: its text, and where in it the values stand that the mapping asks for.</summary>
internal readonly ref struct SourceRecord(ReadOnlySpan<byte> text, ReadOnlySpan<SourceSlot> slots, SourceForm form, TextArena arena)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly ReadOnlySpan<SourceSlot> _slots = slots;

    public TextArena Arena { get; } = arena;

    /// <summary>How the source is written.</summary>
    public SourceForm Form { get; } = form;

    /// <summary>A value; absent if the record lacks it, it is null, empty or one of the source's words for nothing.</summary>
    public SourceValue this[int slot]
    {
        get
        {
            ref readonly SourceSlot at = ref _slots[slot];
            if (at.Token is JsonTokenType.None or JsonTokenType.Null || at.Length == 0)
            {
                return default;
            }

            ReadOnlySpan<byte> value = _text.Slice(at.Start, at.Length);
            if (at.IsEscaped)
            {
                value = Form.IsJson ? UnescapeJson(value) : UnescapeQuotes(value);
            }

            return value.IsEmpty || Form.IsNull(value) ? default : new SourceValue(at.Token, value);
        }
    }

    // A text with half a surrogate pair keeps its escapes: it has no other spelling.
    private ReadOnlySpan<byte> UnescapeJson(ReadOnlySpan<byte> raw)
    {
        Span<byte> room = Arena.Rent(raw.Length);
        return JsonText.TryUnescape(raw, room, out int written) ? room[..written] : raw;
    }

    private ReadOnlySpan<byte> UnescapeQuotes(ReadOnlySpan<byte> raw)
    {
        Span<byte> room = Arena.Rent(raw.Length);
        int written = 0;
        for (int i = 0; i < raw.Length; i++)
        {
            room[written++] = raw[i];
            i += raw[i] == Form.Quote ? 1 : 0;
        }

        return room[..written];
    }
}
