namespace StreamSense.Core.Metrics.Requests;

/// <summary>The cells of a shard: of all requests, and of each value of each dimension up to a bound.</summary>
/// <remarks>The shard's thread only. Allocates only for values that are new.</remarks>
internal sealed class RequestCells(int maxValues)
{
    private const int Dimensions = 5;

    private readonly RequestCell _whole = new();
    private readonly RequestCell?[][] _cells = [[], [], [], [], []];
    private readonly RequestCell?[] _others = new RequestCell?[Dimensions];
    private readonly int[] _values = new int[Dimensions];

    /// <summary>The cell of all requests.</summary>
    public RequestCell Whole => _whole;

    /// <summary>How often a value found its dimension full.</summary>
    public long Overflowed { get; private set; }

    public RequestCell Of(RequestDimension dimension, ushort value)
    {
        ref RequestCell?[] cells = ref _cells[(int)dimension];
        if (value >= cells.Length)
        {
            Array.Resize(ref cells, Math.Max(value + 1, Math.Max(128, cells.Length * 2)));
        }

        ref RequestCell? cell = ref cells[value];
        if (cell is not null)
        {
            return cell;
        }

        if (_values[(int)dimension] < maxValues)
        {
            _values[(int)dimension]++;
            return cell = new RequestCell();
        }

        Overflowed++;
        return _others[(int)dimension] ??= new RequestCell();
    }

    /// <summary>A copy of all cells by their groups.</summary>
    public Dictionary<RequestGroup, RequestCell> Copy()
    {
        var copy = new Dictionary<RequestGroup, RequestCell> { [default] = _whole.Copy() };
        for (int dimension = 1; dimension < Dimensions; dimension++)
        {
            for (int value = 0; value < _cells[dimension].Length; value++)
            {
                if (_cells[dimension][value] is { } cell)
                {
                    copy.Add(new RequestGroup((RequestDimension)dimension, (ushort)value), cell.Copy());
                }
            }

            if (_others[dimension] is { } other)
            {
                copy.Add(new RequestGroup((RequestDimension)dimension, 0, IsOther: true), other.Copy());
            }
        }

        return copy;
    }
}
