namespace StreamSense.Core.Metrics.Requests;

/// <summary>What one shard knows of requests at one moment, or several shards together.</summary>
/// <remarks>Not changed once it is made. Merging is associative and commutative, with <see cref="Empty"/> as its identity.</remarks>
internal sealed record RequestsPartial(Dictionary<RequestGroup, RequestCell> Cells, long OverflowedValues)
{
    public static RequestsPartial Empty { get; } = new([], 0);

    /// <summary>What both know.</summary>
    public RequestsPartial Merge(RequestsPartial other)
    {
        var cells = new Dictionary<RequestGroup, RequestCell>(Math.Max(Cells.Count, other.Cells.Count));
        AddTo(cells);
        other.AddTo(cells);
        return new RequestsPartial(cells, OverflowedValues + other.OverflowedValues);
    }

    private void AddTo(Dictionary<RequestGroup, RequestCell> cells)
    {
        foreach (KeyValuePair<RequestGroup, RequestCell> cell in Cells)
        {
            if (cells.TryGetValue(cell.Key, out RequestCell? known))
            {
                known.Merge(cell.Value);
            }
            else
            {
                cells.Add(cell.Key, cell.Value.Copy());
            }
        }
    }
}
