using System.Runtime.CompilerServices;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Remembers the runs of members that senders repeat, so that most of a line is compared instead of read.</summary>
/// <remarks>
/// Holds raw ids, in memory only: <see cref="Forget"/> wipes them. At most 1,024 runs of at most 512 bytes, 0.9 MB with what they say; a
/// table that sees few senders stays small. One thread at a time. Nothing is taken for known unless every byte is the same.
/// </remarks>
internal sealed class EnvelopeRuns
{
    /// <summary>The shortest run: these bytes are hashed, and must all belong to it.</summary>
    public const int MinLength = 64;

    /// <summary>The longest run.</summary>
    public const int MaxLength = 512;

    /// <summary>More members than a run can have.</summary>
    public const int MaxMembers = 16;

    private const int FirstCapacity = 16;
    private const int LastCapacity = 1024;
    private const int Ways = 2;
    private const int Sightings = 4096;

    private EnvelopeRun[] _runs = [];
    private byte[] _texts = [];
    private EnvelopeRun.Place[] _places = [];
    private ushort[] _sighted = [];
    private ushort[] _used = [];
    private int _count;

    /// <summary>How many runs are remembered.</summary>
    public int Count => _count;

    /// <summary>A run that was found.</summary>
    public ref EnvelopeRun this[int index] => ref _runs[index];

    /// <summary>Looks for the run that begins at a place of a line.</summary>
    /// <returns>Its index; -1 if it is not remembered.</returns>
    public int Find(ReadOnlySpan<byte> line, int at)
    {
        if (_runs.Length == 0 || line.Length - at <= MinLength)
        {
            return -1;
        }

        ulong hash = Hash(ref Unsafe.AsRef(in line[at]));
        int first = SetOf(hash);
        for (int i = first; i < first + Ways; i++)
        {
            ref readonly EnvelopeRun run = ref _runs[i];
            if (run.Hash == hash && run.Length < line.Length - at
                && line.Slice(at, run.Length).SequenceEqual(_texts.AsSpan(i * MaxLength, run.Length)))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Where the values of a run stand.</summary>
    public ReadOnlySpan<EnvelopeRun.Place> PlacesOf(int index) => _places.AsSpan(index * MaxMembers, _runs[index].Count);

    /// <summary>Where a run may be remembered.</summary>
    /// <param name="text">Its bytes.</param>
    /// <returns>An index for <see cref="Remember"/>; -1 if the run is too short or too long, or there is no room and it is new.</returns>
    public int PlaceFor(ReadOnlySpan<byte> text) =>
        text.Length is < MinLength or > MaxLength ? -1 : PlaceFor(Hash(ref Unsafe.AsRef(in text[0])));

    /// <summary>Remembers a run.</summary>
    /// <param name="index">What <see cref="PlaceFor(ReadOnlySpan{byte})"/> gave for it.</param>
    /// <param name="text">Its bytes.</param>
    /// <param name="run">What it says; hash and length are filled in.</param>
    /// <param name="places">Where its values stand; at most <see cref="MaxMembers"/>.</param>
    public void Remember(int index, ReadOnlySpan<byte> text, EnvelopeRun run, ReadOnlySpan<EnvelopeRun.Place> places)
    {
        ref EnvelopeRun place = ref _runs[index];
        if (place.Hash == 0)
        {
            _used[_count++] = (ushort)index;
        }

        Span<byte> room = _texts.AsSpan(index * MaxLength, MaxLength);
        text.CopyTo(room);
        room[text.Length..].Clear();
        places.CopyTo(_places.AsSpan(index * MaxMembers));
        run.Hash = Hash(ref Unsafe.AsRef(in text[0]));
        run.Length = (ushort)text.Length;
        run.Count = (byte)places.Length;
        place = run;
    }

    /// <summary>Wipes all runs.</summary>
    public void Forget()
    {
        foreach (ushort index in _used.AsSpan(0, _count))
        {
            _texts.AsSpan(index * MaxLength, _runs[index].Length).Clear();
            _runs[index] = default;
        }

        _count = 0;
    }

    // Where a run goes: a free place; else, in a table that cannot grow, that of another, but not for a run seen only once.
    private int PlaceFor(ulong hash)
    {
        if (_runs.Length == 0)
        {
            Grow(FirstCapacity);
        }

        int first = SetOf(hash);
        for (int i = first; i < first + Ways; i++)
        {
            if (_runs[i].Hash == 0 || _runs[i].Hash == hash)
            {
                return i;
            }
        }

        if (_runs.Length < LastCapacity)
        {
            Grow(_runs.Length * 4);
            return SetOf(hash);
        }

        ref ushort sighted = ref _sighted[(int)(hash >> 20) & (Sightings - 1)];
        ushort tag = (ushort)hash;
        bool again = sighted == tag;
        sighted = tag;
        return again ? first + ((int)(hash >> 40) & (Ways - 1)) : -1;
    }

    // What is remembered is not carried over: it comes again with the next events of its senders.
    private void Grow(int capacity)
    {
        _runs = new EnvelopeRun[capacity];
        _texts = new byte[capacity * MaxLength];
        _places = new EnvelopeRun.Place[capacity * MaxMembers];
        _sighted = capacity == LastCapacity ? new ushort[Sightings] : [];
        _used = new ushort[capacity];
        _count = 0;
    }

    private int SetOf(ulong hash) => (int)((hash >> 32) & (uint)(_runs.Length - Ways));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Hash(ref byte head)
    {
        ulong hash = Fold(Word(ref head, 0) ^ 0x9E3779B97F4A7C15UL, Word(ref head, 1) ^ 0xD6E8FEB86659FD93UL)
            ^ Fold(Word(ref head, 2) ^ 0xA0761D6478BD642FUL, Word(ref head, 3) ^ 0xE7037ED1A0B428DBUL)
            ^ Fold(Word(ref head, 4) ^ 0x8EBC6AF09C88C6E3UL, Word(ref head, 5) ^ 0x589965CC75374CC3UL)
            ^ Fold(Word(ref head, 6) ^ 0x1D8E4E27C47D124FUL, Word(ref head, 7) ^ 0xEB44ACCAB455D165UL);

        // 0 stands for a free place.
        return hash | 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte head, int index) =>
        Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref head, index * sizeof(ulong)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}
