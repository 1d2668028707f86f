using System.Numerics;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Candidates;

/// <summary>The places of titles in a list.</summary>
/// <remarks>Immutable, and safe for many threads.</remarks>
internal sealed class TitlePlaces
{
    private readonly ulong[] _keys;
    private readonly int[] _places;

    /// <summary>Notes the places.</summary>
    /// <param name="titles">The list; of a title that comes twice the first place counts.</param>
    public TitlePlaces(ReadOnlySpan<TitleId> titles)
    {
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, titles.Length * 2));
        _keys = new ulong[slots];
        _places = new int[slots];
        for (int i = 0; i < titles.Length; i++)
        {
            int slot = SlotOf(titles[i].Value);
            if (_places[slot] == 0)
            {
                _keys[slot] = titles[i].Value;
                _places[slot] = i + 1;
            }
        }
    }

    /// <summary>The place of a title, or -1.</summary>
    /// <param name="title">The title.</param>
    public int Of(TitleId title) => _places[SlotOf(title.Value)] - 1;

    // Where the key is, or would be; a table half full has an empty slot on every way.
    private int SlotOf(ulong key)
    {
        int mask = _keys.Length - 1;
        int slot = (int)((key * 0x9e3779b97f4a7c15UL) >> 33) & mask;
        while (_places[slot] != 0 && _keys[slot] != key)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }
}
