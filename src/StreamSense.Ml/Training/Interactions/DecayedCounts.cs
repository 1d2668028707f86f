namespace StreamSense.Ml.Training.Interactions;

/// <summary>How often each item was taken, where each time counts half after a half-life.</summary>
/// <remarks>
/// Counts are kept as of a moving origin, and weights grow from there on: nothing has to be faded when it is read. 8 bytes an item. For one
/// thread.
/// </remarks>
internal sealed class DecayedCounts
{
    // 2 to this power is far from overflow, and what it fades to when the origin moves is far from what counts.
    private const double MaxHalfLives = 256;

    private readonly double[] _counts;
    private readonly double _inverseHalfLife;
    private double _total;
    private double _squares;
    private long _origin;
    private long _latest = long.MinValue;

    /// <summary>Starts with nothing.</summary>
    public DecayedCounts(int items, TimeSpan halfLife)
    {
        _counts = new double[items];
        _inverseHalfLife = 1 / halfLife.TotalMicroseconds;
    }

    /// <summary>Counts an item.</summary>
    public void Add(int item, long time)
    {
        MoveTo(time);
        double weight = Math.Pow(2, (_latest - _origin) * _inverseHalfLife);
        _squares += weight * ((2 * _counts[item]) + weight);
        _counts[item] += weight;
        _total += weight;
    }

    /// <summary>How well the shares of the counts foretell an item: <c>2 p - Σ p²</c>, the rule of Brier 1950 with its sign
    /// turned.</summary>
    /// <remarks>Proper: shares as they really are do best. Led by what is taken often, which is what the head of a list is made
    /// of.</remarks>
    public double ForesightOf(int item) =>
        _total > 0 ? ((2 * _counts[item]) - (_squares / _total)) / _total : 0;

    /// <summary>Writes the counts as of an instant; one before the latest counts as the latest.</summary>
    public void Read(long now, Span<float> counts)
    {
        double fade = _latest == long.MinValue ? 0 : Fade(now);
        for (int item = 0; item < _counts.Length; item++)
        {
            counts[item] = (float)(_counts[item] * fade);
        }
    }

    private double Fade(long now) => Math.Pow(2, (_origin - Math.Max(now, _latest)) * _inverseHalfLife);

    private void MoveTo(long time)
    {
        if (_latest == long.MinValue)
        {
            _origin = time;
        }

        _latest = Math.Max(_latest, time);
        double halfLives = (_latest - _origin) * _inverseHalfLife;
        if (halfLives > MaxHalfLives)
        {
            double fade = Math.Pow(2, -halfLives);
            for (int item = 0; item < _counts.Length; item++)
            {
                _counts[item] *= fade;
            }

            _total *= fade;
            _squares *= fade * fade;
            _origin = _latest;
        }
    }
}
