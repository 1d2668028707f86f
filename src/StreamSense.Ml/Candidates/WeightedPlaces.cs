namespace StreamSense.Ml.Candidates;

/// <summary>Sums of weights by place, in memory on the caller's stack.</summary>
/// <remarks>A place for which there is no room left is passed over. Sums are added in the order of the calls.</remarks>
internal ref struct WeightedPlaces
{
    /// <summary>How many different places there may be.</summary>
    public const int Capacity = 1024;

    /// <summary>How many slots the table has: half of them stay empty, so that every search ends.</summary>
    public const int Slots = 2 * Capacity;

    private readonly Span<int> _places;
    private readonly Span<float> _weights;
    private int _count;

    /// <summary>Begins with nothing.</summary>
    /// <param name="places">Room for <see cref="Slots"/> places.</param>
    /// <param name="weights">Room for as many weights.</param>
    public WeightedPlaces(Span<int> places, Span<float> weights)
    {
        _places = places;
        _weights = weights;
        _places.Clear();
    }

    /// <summary>Adds a weight to a place.</summary>
    /// <param name="place">The place, from 0.</param>
    /// <param name="weight">The weight.</param>
    public void Add(int place, float weight)
    {
        int slot = (int)((uint)place * 0x9e3779b1U) & (Slots - 1);
        while (_places[slot] != 0 && _places[slot] != place + 1)
        {
            slot = (slot + 1) & (Slots - 1);
        }

        if (_places[slot] != 0)
        {
            _weights[slot] += weight;
        }
        else if (_count < Capacity)
        {
            _count++;
            _places[slot] = place + 1;
            _weights[slot] = weight;
        }
    }

    /// <summary>Puts the places in order: the greatest sum first, equal ones by place.</summary>
    /// <param name="keys">Room for <see cref="Capacity"/> keys; the low 32 bits of each are a place.</param>
    /// <returns>How many there are with a sum above 0.</returns>
    public readonly int Order(Span<ulong> keys)
    {
        int count = 0;
        for (int slot = 0; slot < Slots; slot++)
        {
            // The bits of positive numbers sort as they do.
            if (_places[slot] != 0 && _weights[slot] > 0)
            {
                keys[count++] = ((ulong)~BitConverter.SingleToUInt32Bits(_weights[slot]) << 32) | (uint)(_places[slot] - 1);
            }
        }

        keys[..count].Sort();
        return count;
    }
}
