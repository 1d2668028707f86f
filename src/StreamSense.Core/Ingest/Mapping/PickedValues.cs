using System.Buffers.Text;
using System.Text.Json;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>The values that were picked out of a JSON object, by the numbers of their paths.</summary>
internal readonly ref struct PickedValues(ReadOnlySpan<byte> json, ReadOnlySpan<SourceSlot> slots, TextArena arena)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private readonly ReadOnlySpan<SourceSlot> _slots = slots;
    private readonly TextArena _arena = arena;

    /// <summary>Whether a value is there and not null.</summary>
    public bool Has(int slot) => _slots[slot].Token is not (JsonTokenType.None or JsonTokenType.Null);

    /// <summary>A text without escapes, or a number as it is spelled; empty for anything else.</summary>
    public ReadOnlySpan<byte> Text(int slot)
    {
        ref readonly SourceSlot at = ref _slots[slot];
        if (at.Token is not (JsonTokenType.String or JsonTokenType.Number))
        {
            return default;
        }

        ReadOnlySpan<byte> text = _json.Slice(at.Start, at.Length);
        if (!at.IsEscaped)
        {
            return text;
        }

        // A text with half a surrogate pair keeps its escapes: it has no other spelling.
        Span<byte> room = _arena.Rent(text.Length);
        return JsonText.TryUnescape(text, room, out int written) ? room[..written] : text;
    }

    /// <summary>An object as it is spelled; empty for anything else.</summary>
    public ReadOnlySpan<byte> Tree(int slot) => Spelled(slot, JsonTokenType.StartObject);

    /// <summary>An array as it is spelled; empty for anything else.</summary>
    public ReadOnlySpan<byte> List(int slot) => Spelled(slot, JsonTokenType.StartArray);

    /// <summary>A number, or a text that spells one.</summary>
    public bool TryNumber(int slot, out double number)
    {
        ReadOnlySpan<byte> text = Text(slot);
        number = 0;
        return !text.IsEmpty && Utf8Parser.TryParse(text, out number, out int used) && used == text.Length && double.IsFinite(number);
    }

    /// <summary>True or false, as a value or as a text; null for anything else.</summary>
    public bool? Truth(int slot) => _slots[slot].Token switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.String when Text(slot) is [(byte)'t', ..] or [(byte)'1'] => true,
        JsonTokenType.String when Text(slot) is [(byte)'f', ..] or [(byte)'0'] => false,
        _ => null,
    };

    private ReadOnlySpan<byte> Spelled(int slot, JsonTokenType token)
    {
        ref readonly SourceSlot at = ref _slots[slot];
        return at.Token == token ? _json.Slice(at.Start, at.Length) : default;
    }
}
