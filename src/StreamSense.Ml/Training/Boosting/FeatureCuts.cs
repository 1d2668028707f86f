namespace StreamSense.Ml.Training.Boosting;

/// <summary>How the values of one feature fall into bins.</summary>
/// <remarks>
/// Of a numerical feature bin b holds the values below threshold b that are not below threshold b - 1, so that "the bin is at most b" and
/// "the value is below threshold b" are the same question for every value there is. Of a categorical feature the bin is the place in the
/// list of categories, then one for all that are not in it. The last bin is for what is missing, if the training data miss any.
/// </remarks>
internal sealed class FeatureCuts
{
    private readonly Dictionary<int, int>? _categoryBins;

    /// <summary>Takes the thresholds of a numerical feature.</summary>
    /// <param name="thresholds">Them, ascending.</param>
    /// <param name="hasMissing">Whether values are missing.</param>
    public FeatureCuts(float[] thresholds, bool hasMissing)
    {
        Thresholds = thresholds;
        HasMissing = hasMissing;
        ValueBins = thresholds.Length + 1;
    }

    /// <summary>Takes the categories of a categorical feature.</summary>
    /// <param name="categories">Those that are told apart.</param>
    /// <param name="hasMissing">Whether values are missing.</param>
    public FeatureCuts(int[] categories, bool hasMissing)
    {
        Thresholds = [];
        Categories = categories;
        HasMissing = hasMissing;
        ValueBins = categories.Length + 1;
        _categoryBins = new Dictionary<int, int>(categories.Length);
        for (int bin = 0; bin < categories.Length; bin++)
        {
            _categoryBins.Add(categories[bin], bin);
        }
    }

    /// <summary>The thresholds of a numerical feature, ascending.</summary>
    public float[] Thresholds { get; }

    /// <summary>The categories of a categorical feature; null for a numerical one.</summary>
    public int[]? Categories { get; }

    /// <summary>Whether values of the training data are missing.</summary>
    public bool HasMissing { get; }

    /// <summary>How many bins are for values that are there.</summary>
    public int ValueBins { get; }

    /// <summary>How many bins there are in all.</summary>
    public int Bins => ValueBins + (HasMissing ? 1 : 0);

    /// <summary>The bin of what is missing: a place behind all bins if the training data miss none.</summary>
    public int MissingBin => ValueBins;

    /// <summary>The bin of a value.</summary>
    /// <param name="value">The value; NaN if it is missing.</param>
    public int BinOf(float value)
    {
        if (float.IsNaN(value))
        {
            return MissingBin;
        }

        if (_categoryBins is null)
        {
            return Below(Thresholds, value);
        }

        if (value < 0 || !float.IsInteger(value))
        {
            return MissingBin;
        }

        return value <= BoostingData.MaxCategory && _categoryBins.TryGetValue((int)value, out int bin) ? bin : ValueBins - 1;
    }

    // How many thresholds a value is not below. The step is chosen without a branch: values come in no order that could be guessed.
    private static int Below(ReadOnlySpan<float> thresholds, float value)
    {
        int low = 0;
        int length = thresholds.Length;
        while (length > 0)
        {
            int half = (length + 1) >> 1;
            low += value >= thresholds[low + half - 1] ? half : 0;
            length -= half;
        }

        return low;
    }
}
