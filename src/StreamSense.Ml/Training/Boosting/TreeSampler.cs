namespace StreamSense.Ml.Training.Boosting;

/// <summary>Draws the rows and features of each tree.</summary>
internal sealed class TreeSampler
{
    private readonly BoostingOptions _options;
    private readonly int[] _usable;
    private readonly int[] _rest;
    private SplitMix _numbers;

    /// <summary>Makes a sampler.</summary>
    /// <param name="options">The shares and the seed.</param>
    /// <param name="bins">The features; one that has the same value everywhere is never drawn.</param>
    /// <param name="rows">How many rows there are.</param>
    public TreeSampler(BoostingOptions options, FeatureBins bins, int rows)
    {
        _options = options;
        _numbers = SplitMix.OfState(unchecked((ulong)options.Seed));
        _usable = [.. Enumerable.Range(0, bins.Features).Where(feature => bins.Of(feature).Bins > 1)];
        _rest = options.RowSample < 1 ? new int[rows] : [];
    }

    /// <summary>The rows that the last tree did not see.</summary>
    public ReadOnlyMemory<int> Rest { get; private set; }

    /// <summary>Draws rows: each subset of the right size is as likely.</summary>
    /// <param name="rows">Room for all rows; filled with the sample, ascending.</param>
    /// <returns>How many are in the sample.</returns>
    public int DrawRows(Span<int> rows)
    {
        int wanted = Math.Max(1, (int)Math.Round(rows.Length * _options.RowSample, MidpointRounding.AwayFromZero));
        if (wanted == rows.Length || _rest.Length == 0)
        {
            for (int row = 0; row < rows.Length; row++)
            {
                rows[row] = row;
            }

            return rows.Length;
        }

        // Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S): in the order in which the rows lie.
        int taken = 0;
        int left = 0;
        for (int row = 0; row < rows.Length; row++)
        {
            if (_numbers.Below(rows.Length - row) < wanted - taken)
            {
                rows[taken++] = row;
            }
            else
            {
                _rest[left++] = row;
            }
        }

        Rest = _rest.AsMemory(0, left);
        return taken;
    }

    /// <summary>Draws features.</summary>
    public FeatureSample DrawFeatures()
    {
        int[] drawn = [.. _usable];
        int wanted = Math.Min(drawn.Length, Math.Max(1, (int)Math.Ceiling(drawn.Length * _options.FeatureSample)));
        if (wanted < drawn.Length)
        {
            for (int i = 0; i < wanted; i++)
            {
                int other = i + _numbers.Below(drawn.Length - i);
                (drawn[i], drawn[other]) = (drawn[other], drawn[i]);
            }

            Array.Resize(ref drawn, wanted);
            Array.Sort(drawn);
        }

        return new FeatureSample(drawn, drawn.Select(feature => feature / FeatureBins.BlockWidth).Distinct().ToArray());
    }
}
