using System.Numerics;

namespace StreamSense.Ml.Features.Columns;

/// <summary>The weights of a person's attributes, made ready for one query and looked up for each candidate.</summary>
/// <remarks>An open-addressing table that is never more than half full.</remarks>
internal sealed class AttributeWeights(int most)
{
    private readonly uint[] _keys = new uint[(int)BitOperations.RoundUpToPowerOf2((uint)most * 2)];
    private readonly double[] _weights = new double[(int)BitOperations.RoundUpToPowerOf2((uint)most * 2)];

    /// <summary>How many different attributes there are.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_keys);
        Count = 0;
    }

    /// <summary>Adds to the weight of an attribute.</summary>
    public void Add(uint key, double weight)
    {
        int place = PlaceOf(key);
        if (_keys[place] == 0)
        {
            if (Count == most)
            {
                return;
            }

            _keys[place] = key;
            _weights[place] = 0;
            Count++;
        }

        _weights[place] += weight;
    }

    /// <summary>The weight of an attribute; 0 if there is none.</summary>
    public double WeightOf(uint key)
    {
        int place = PlaceOf(key);
        return _keys[place] == 0 ? 0 : _weights[place];
    }

    private int PlaceOf(uint key)
    {
        int mask = _keys.Length - 1;
        int place = (int)(key >> 1) & mask;
        while (_keys[place] != 0 && _keys[place] != key)
        {
            place = (place + 1) & mask;
        }

        return place;
    }
}
