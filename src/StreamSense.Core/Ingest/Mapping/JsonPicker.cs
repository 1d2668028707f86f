using System.Text.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Picks the values at fixed paths out of JSON objects.</summary>
/// <remarks>One thread at a time: what was picked holds until the next call. Allocates nothing but for texts that are no JSON.</remarks>
internal sealed class JsonPicker
{
    private readonly JsonPathTree _paths = new();
    private readonly SourceSlot[] _slots;

    /// <summary>Creates a picker.</summary>
    /// <param name="paths">The paths; their places are the numbers by which values are asked for.</param>
    public JsonPicker(params ReadOnlySpan<string> paths)
    {
        _slots = new SourceSlot[paths.Length];
        for (int i = 0; i < paths.Length; i++)
        {
            _paths.Add(paths[i], i);
        }
    }

    /// <summary>Picks from an object.</summary>
    /// <param name="json">Valid UTF-8.</param>
    /// <param name="arena">Room for texts whose escapes are taken out.</param>
    /// <param name="values">What stands at the paths; nothing if this is no object.</param>
    /// <returns>Whether the whole text is one JSON object.</returns>
    public bool TryPick(ReadOnlySpan<byte> json, TextArena arena, out PickedValues values)
    {
        values = new PickedValues(json, _slots, arena);
        _slots.AsSpan().Clear();
        int first = json.IndexOfAnyExcept(" \t\r\n"u8);
        if (first < 0 || json[first] != (byte)'{')
        {
            // Most of what is no object is found without the price of an exception.
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            _paths.Walk(ref reader, 0, _slots);

            // Reads past the end, which finds what stands after the object.
            reader.Read();
            return true;
        }
        catch (JsonException)
        {
            _slots.AsSpan().Clear();
            return false;
        }
    }
}
