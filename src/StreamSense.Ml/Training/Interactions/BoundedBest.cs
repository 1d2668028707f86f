namespace StreamSense.Ml.Training.Interactions;

/// <summary>The best few of many items, by weight and, where weights are equal, by the lower number.</summary>
/// <remarks>A heap with the worst on top. For one thread; nothing is allocated after it is made.</remarks>
internal sealed class BoundedBest(int capacity)
{
    private readonly int[] _items = new int[capacity];
    private readonly float[] _weights = new float[capacity];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;

    /// <summary>Takes an item if it is among the best.</summary>
    public void Offer(int item, float weight)
    {
        if (Count < _items.Length)
        {
            int hole = Count++;
            while (hole > 0 && IsWorse(item, weight, (hole - 1) / 2))
            {
                Move((hole - 1) / 2, hole);
                hole = (hole - 1) / 2;
            }

            Set(hole, item, weight);
        }
        else if (Count > 0 && !IsWorse(item, weight, 0))
        {
            SinkFromTop(item, weight);
        }
    }

    /// <summary>Hands the items over, the best first, and forgets them.</summary>
    /// <returns>How many there were.</returns>
    public int Drain(Span<int> items, Span<float> weights)
    {
        int total = Count;
        while (Count > 0)
        {
            items[Count - 1] = _items[0];
            weights[Count - 1] = _weights[0];
            Count--;
            if (Count > 0)
            {
                SinkFromTop(_items[Count], _weights[Count]);
            }
        }

        return total;
    }

    private bool IsWorse(int item, float weight, int place) =>
        weight != _weights[place] ? weight < _weights[place] : item > _items[place];

    private void SinkFromTop(int item, float weight)
    {
        int hole = 0;
        while (true)
        {
            int child = (2 * hole) + 1;
            if (child >= Count)
            {
                break;
            }

            if (child + 1 < Count && IsWorse(_items[child + 1], _weights[child + 1], child))
            {
                child++;
            }

            if (IsWorse(item, weight, child))
            {
                break;
            }

            Move(child, hole);
            hole = child;
        }

        Set(hole, item, weight);
    }

    private void Move(int from, int to) => Set(to, _items[from], _weights[from]);

    private void Set(int place, int item, float weight)
    {
        _items[place] = item;
        _weights[place] = weight;
    }
}
