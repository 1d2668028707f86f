using System.Buffers.Binary;

namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>What the ids read last were turned into: a player sends the same two with each of its requests.</summary>
/// <remarks>
/// An id has one of 256 places, which the id seen last holds, and whole texts are compared: a sender that chooses ids can make others be
/// turned anew, no more. Holds at most 12 KiB of raw ids, which are not passed on. One thread at a time; allocates nothing.
/// </remarks>
internal sealed class CmcdRecentIds
{
    private const int Places = 256;
    private const int MaxBytes = 48;

    private readonly byte[] _texts = new byte[Places * MaxBytes];
    private readonly byte[] _lengths = new byte[Places];
    private readonly ulong[] _values = new ulong[Places];

    /// <summary>Forgets all ids.</summary>
    public void Clear() => _lengths.AsSpan().Clear();

    /// <summary>Finds what an id was turned into.</summary>
    /// <param name="id">The id; not empty.</param>
    /// <param name="value">What was noted of it.</param>
    public bool TryFind(ReadOnlySpan<byte> id, out ulong value)
    {
        int place = PlaceOf(id);
        value = _values[place];
        return _lengths[place] == id.Length && id.SequenceEqual(_texts.AsSpan(place * MaxBytes, id.Length));
    }

    /// <summary>Notes what an id was turned into, unless it is long.</summary>
    /// <param name="id">The id; not empty.</param>
    /// <param name="value">What it was turned into.</param>
    public void Note(ReadOnlySpan<byte> id, ulong value)
    {
        if (id.Length <= MaxBytes)
        {
            int place = PlaceOf(id);
            id.CopyTo(_texts.AsSpan(place * MaxBytes));
            _lengths[place] = (byte)id.Length;
            _values[place] = value;
        }
    }

    // Of the first and the last bytes: ids count up in one of them.
    private static int PlaceOf(ReadOnlySpan<byte> id)
    {
        const ulong Factor = 0x9E3779B97F4A7C15;
        ulong mixed = id.Length >= sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64LittleEndian(id) + (BinaryPrimitives.ReadUInt64LittleEndian(id[^sizeof(ulong)..]) * Factor)
            : id.Length >= sizeof(uint)
                ? BinaryPrimitives.ReadUInt32LittleEndian(id)
                    | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(id[^sizeof(uint)..]) << 32)
                : id[0] | ((uint)id[^1] << 8);
        return (int)((mixed * Factor) >> 56);
    }
}
