using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>A list of neighbours for each item, each in room of its own until all are there.</summary>
internal sealed class NeighbourLists(int items, int capacity)
{
    private readonly int[][] _neighbours = new int[items][];
    private readonly float[][] _weights = new float[items][];

    /// <summary>Sets the neighbours of an item; different items may be set by different threads.</summary>
    public void Set(int item, BoundedBest best)
    {
        int count = Math.Min(best.Count, capacity);
        _neighbours[item] = new int[count];
        _weights[item] = new float[count];
        best.Drain(_neighbours[item], _weights[item]);
    }

    /// <summary>All lists, one behind the other.</summary>
    public (int[] Starts, int[] Neighbours, float[] Weights) Join()
    {
        var starts = new int[items + 1];
        for (int item = 0; item < items; item++)
        {
            starts[item + 1] = starts[item] + _neighbours[item].Length;
        }

        var neighbours = new int[starts[items]];
        var weights = new float[starts[items]];
        for (int item = 0; item < items; item++)
        {
            _neighbours[item].CopyTo(neighbours, starts[item]);
            _weights[item].CopyTo(weights, starts[item]);
        }

        return (starts, neighbours, weights);
    }

    /// <summary>All lists, as candidates.</summary>
    public ItemNeighbours ToNeighbours(ImmutableArray<TitleId> titles)
    {
        (int[] starts, int[] neighbours, float[] weights) = Join();
        return new ItemNeighbours(titles, [.. starts], [.. neighbours], [.. weights]);
    }
}
