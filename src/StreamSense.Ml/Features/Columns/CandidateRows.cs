using System.Runtime.CompilerServices;
using StreamSense.Core.Events;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>Finds the rows that the candidates of a query have in a table, and takes them block by block.</summary>
/// <remarks>
/// A candidate goes through three steps, each a block of candidates before the next, so that none waits for memory: the line of its
/// key in the index is asked for; the row that the index names is asked for; the row is taken. Rows are read where they lie, eight at once;
/// one that is not there, or is written meanwhile, is copied first. Of one thread at a time.
/// </remarks>
internal sealed class CandidateRows
{
    // How many candidates are under way at most: a block is taken, of one the rows and of one the lines of the index are asked for. A power
    // of two.
    private const int Room = 4 * LaneLoop.Block;

    private readonly LaneBlock _block;
    private readonly TablePlan _table;
    private readonly Catalogue _catalogue;
    private readonly ulong[] _keys = new ulong[Room];
    private readonly uint[] _hashes = new uint[Room];
    private readonly nint[] _rows = new nint[Room];
    private readonly nint[] _group = new nint[LaneTranspose.Square];
    private readonly long[] _versions = new long[LaneTranspose.Square];
    private readonly LineArray<long> _spare;
    private readonly int _spareWords;

    /// <summary>Creates room for a table.</summary>
    /// <param name="block">Where its rows are taken to.</param>
    /// <param name="catalogue">What is known of titles that have no row.</param>
    public CandidateRows(LaneBlock block, Catalogue catalogue)
    {
        _block = block;
        _table = block.Table;
        _catalogue = catalogue;
        int words = Math.Max(block.RowWords, StateTable.HeaderWords + _table.Words);
        _spareWords = (words + LaneTranspose.Square - 1) / LaneTranspose.Square * LaneTranspose.Square;
        _spare = new LineArray<long>(_spareWords * LaneTranspose.Square);
    }

    /// <summary>Asks for the lines of the index that name the rows of some candidates.</summary>
    /// <param name="titles">The candidates: at most a block, and of one block.</param>
    /// <param name="start">The place of the first among all.</param>
    public void FetchPlaces(ReadOnlySpan<TitleId> titles, int start)
    {
        if (!_block.IsKeyed)
        {
            return;
        }

        Span<ulong> keys = _keys.AsSpan(start & (Room - 1), titles.Length);
        for (int i = 0; i < titles.Length; i++)
        {
            keys[i] = _table.Scope switch
            {
                FeatureScope.Title => titles[i].Value,
                FeatureScope.ViewerTitle => NameHash.Pair(_block.Key, titles[i].Value),
                _ => NameHash.Pair(titles[i].Value, _block.Key),
            };
        }

        _table.Rows.PrefetchIndex(keys, _hashes.AsSpan(start & (Room - 1), titles.Length));
    }

    /// <summary>Asks for the rows of some candidates whose places were asked for.</summary>
    /// <param name="start">The place of the first among all.</param>
    /// <param name="count">How many there are: at most a block, and of one block.</param>
    public void FetchRows(int start, int count)
    {
        if (_block.IsKeyed)
        {
            int place = start & (Room - 1);
            _table.Rows.Guess(_hashes.AsSpan(place, count), _rows.AsSpan(place, count), _table.HotWords);
        }
    }

    /// <summary>Takes the rows of a block of candidates that were asked for.</summary>
    /// <param name="width">The width.</param>
    /// <param name="titles">The candidates of the block.</param>
    /// <param name="start">The place of its first among all.</param>
    public void Take(LaneWidth width, ReadOnlySpan<TitleId> titles, int start)
    {
        if (!_block.IsKeyed)
        {
            return;
        }

        for (int lane = 0; lane < titles.Length; lane += LaneTranspose.Square)
        {
            int count = Math.Min(LaneTranspose.Square, titles.Length - lane);
            TakeGroup(width, titles.Slice(lane, count), (start + lane) & (Room - 1), lane);
        }

        GC.KeepAlive(_table.Rows);
        _block.Fade(width, LaneLoop.LanesFor(titles.Length));
    }

    private void TakeGroup(LaneWidth width, ReadOnlySpan<TitleId> titles, int place, int lane)
    {
        // Lanes behind the last candidate are computed and then left out: they take whatever lies in the spare rows.
        Span<nint> group = _group;
        Span<long> versions = _versions;
        ReadOnlySpan<ulong> keys = _keys.AsSpan(place, titles.Length);
        for (int i = 0; i < group.Length; i++)
        {
            group[i] = i < keys.Length ? _rows[place + i] : SpareOf(i);
            if (i < keys.Length && (group[i] == 0 || !StateTable.TryBegin(group[i], keys[i], out versions[i])))
            {
                Copy(titles[i], keys[i], i);
            }
        }

        // A copy is not written by anybody: at the latest, all of them are copies.
        for (bool isSettled = false; !isSettled;)
        {
            _block.Take(width, group, lane);
            Volatile.ReadBarrier();
            isSettled = true;
            for (int i = 0; i < keys.Length; i++)
            {
                if (!StateTable.IsUnchanged(group[i], versions[i]))
                {
                    Copy(titles[i], keys[i], i);
                    isSettled = false;
                }
            }
        }
    }

    // A row that is not where it was guessed to be, or is being written; or one that is not there, and what the catalogue says.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Copy(TitleId title, ulong key, int lane)
    {
        Span<long> spare = _spare.Numbers.Slice(lane * _spareWords, StateTable.HeaderWords + _table.Words);
        Span<long> words = spare[StateTable.HeaderWords..];
        if (!_table.Rows.TryRead(key, words))
        {
            words.Clear();
            if (_table.Scope == FeatureScope.Title && _catalogue.Find(title) is { } known)
            {
                _table.Describe(words, known);
            }
        }

        _group[lane] = SpareOf(lane);
        _versions[lane] = spare[1] = StateTable.SettledVersion;
    }

    private unsafe nint SpareOf(int lane) => (nint)Unsafe.AsPointer(ref Unsafe.Add(ref _spare.First, lane * _spareWords));
}
