namespace StreamSense.Ml.Features.State;

/// <summary>The rows of a table from longest not written to latest written.</summary>
/// <remarks>A doubly linked list in one array, indexed by row. Writer side.</remarks>
internal sealed class RowOrder
{
    private const int None = -1;
    private const int FewestRows = 64;

    private (int Older, int Newer)[] _links = [];
    private int _newest = None;

    /// <summary>The row longest not written, or -1.</summary>
    public int Oldest { get; private set; } = None;

    /// <summary>The row written next after another, or -1.</summary>
    public int NewerThan(int row) => _links[row].Newer;

    /// <summary>Adds a row as the latest.</summary>
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

    /// <summary>Makes a row the latest.</summary>
    public void Touch(int row)
    {
        if (row != _newest)
        {
            Remove(row);
            Add(row);
        }
    }

    /// <summary>Takes a row out.</summary>
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
