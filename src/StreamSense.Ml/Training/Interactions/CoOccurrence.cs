namespace StreamSense.Ml.Training.Interactions;

/// <summary>In how many histories an item stands beside each other one: a row of <c>XᵀX</c>, one at a time.</summary>
/// <remarks>A row costs the lengths of the histories that the item is in. Each thread has its own; 12 bytes an item.</remarks>
internal sealed class CoOccurrence
{
    private readonly InteractionMatrix _data;
    private readonly double[] _row;
    private readonly int[] _touched;
    private int _count;

    /// <summary>Makes room for rows of a matrix.</summary>
    public CoOccurrence(InteractionMatrix data)
    {
        _data = data;
        _row = new double[data.Items];
        _touched = new int[data.Items];
    }

    /// <summary>The items of the last row that are not zero, in the order in which they were met.</summary>
    public ReadOnlySpan<int> Touched => _touched.AsSpan(0, _count);

    /// <summary>A number of the last row.</summary>
    public double this[int item] => _row[item];

    /// <summary>Counts a row.</summary>
    /// <param name="item">The item.</param>
    /// <param name="weights">What a cell counts, in row order; empty for one each.</param>
    /// <param name="starts">Where the weights of each user begin.</param>
    public void Fill(int item, ReadOnlySpan<float> weights, ReadOnlySpan<int> starts)
    {
        foreach (int touched in Touched)
        {
            _row[touched] = 0;
        }

        _count = 0;
        foreach (int user in _data.UsersOf(item))
        {
            ReadOnlySpan<int> others = _data.ItemsOf(user);
            if (weights.IsEmpty)
            {
                foreach (int other in others)
                {
                    Add(other, 1);
                }

                continue;
            }

            ReadOnlySpan<float> userWeights = weights.Slice(starts[user], others.Length);
            double own = userWeights[others.BinarySearch(item)];
            for (int i = 0; i < others.Length; i++)
            {
                Add(others[i], own * userWeights[i]);
            }
        }
    }

    private void Add(int item, double value)
    {
        if (_row[item] == 0)
        {
            _touched[_count++] = item;
        }

        _row[item] += value;
    }
}
