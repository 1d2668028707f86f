namespace StreamSense.Core.Buffering;

/// <summary>The rows of a table from longest unused to latest used, so that a full table knows in constant time whom to forget.</summary>
/// <remarks>A doubly linked list in one array, indexed by row; grows with the highest row seen. Writer side only.</remarks>
internal sealed class RecencyList
{
    private const int None = -1;
    private const int FewestRows = 64;

    private (int Older, int Newer)[] _links = [];
    private int _newest = None;

    /// <summary>The row longest unused, or -1 if there is none.</summary>
    public int Oldest { get; private set; } = None;

    /// <summary>The row used next after another, or -1 if that is the latest used.</summary>
    /// <param name="row">A row of the list.</param>
    public int NewerThan(int row) => _links[row].Newer;

    /// <summary>Adds a row as the latest used.</summary>
    /// <param name="row">A row that is not in the list.</param>
    public void Add(int row)
    {
        if (row >= _links.Length)
        {
            Array.Resize(ref _links, Math.Max(FewestRows, Math.Max(row + 1, _links.Length * 2)));
        }

        _links[row] = (_newest, None);
        if (_newest == None)
        {
            Oldest = row;
        }
        else
        {
            _links[_newest].Newer = row;
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
        (int older, int newer) = _links[row];
        if (older == None)
        {
            Oldest = newer;
        }
        else
        {
            _links[older].Newer = newer;
        }

        if (newer == None)
        {
            _newest = older;
        }
        else
        {
            _links[newer].Older = older;
        }
    }
}
