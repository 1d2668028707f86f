namespace StreamSense.Core.Buffering;

/// <summary>The rows of a slab from longest unused to latest used, so that a full slab knows in constant time whom to forget.</summary>
/// <remarks>A doubly linked list in two arrays, indexed by row; grows with the highest row seen. Writer side only.</remarks>
internal sealed class RecencyList
{
    private const int None = -1;

    private int[] _older = [];
    private int[] _newer = [];
    private int _oldest = None;
    private int _newest = None;

    /// <summary>The row longest unused, or -1 if there is none.</summary>
    public int Oldest => _oldest;

    /// <summary>Adds a row as the latest used.</summary>
    /// <param name="row">A row that is not in the list.</param>
    public void Add(int row)
    {
        if (row >= _older.Length)
        {
            int size = Math.Max(64, Math.Max(row + 1, _older.Length * 2));
            Array.Resize(ref _older, size);
            Array.Resize(ref _newer, size);
        }

        _older[row] = _newest;
        _newer[row] = None;
        if (_newest == None)
        {
            _oldest = row;
        }
        else
        {
            _newer[_newest] = row;
        }

        _newest = row;
    }

    /// <summary>Makes a row the latest used.</summary>
    /// <param name="row">A row of the list.</param>
    public void Touch(int row)
    {
        if (row != _newest)
        {
            Remove(row);
            Add(row);
        }
    }

    /// <summary>Takes a row out.</summary>
    /// <param name="row">A row of the list.</param>
    public void Remove(int row)
    {
        int older = _older[row];
        int newer = _newer[row];
        if (older == None)
        {
            _oldest = newer;
        }
        else
        {
            _newer[older] = newer;
        }

        if (newer == None)
        {
            _newest = older;
        }
        else
        {
            _older[newer] = older;
        }
    }
}
