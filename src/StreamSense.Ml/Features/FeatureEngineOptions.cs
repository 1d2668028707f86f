namespace StreamSense.Ml.Features;

/// <summary>How much a <see cref="FeatureEngine"/> remembers.</summary>
/// <remarks>
/// Each number bounds a table; a full table forgets the row longest not written, and counts it. Memory is taken as rows come: at most the
/// sum
/// of rows times bytes a row, which <see cref="FeatureEngine.BytesPerRow"/> tells for the features in use.
/// </remarks>
public sealed class FeatureEngineOptions
{
    /// <summary>How many titles are remembered.</summary>
    /// <value>Default 65,536.</value>
    public int MaxTitles { get; set; } = 65_536;

    /// <summary>How many viewers are remembered.</summary>
    /// <value>Default 131,072.</value>
    public int MaxViewers { get; set; } = 131_072;

    /// <summary>How many devices are remembered, for themselves and for viewers who log in.</summary>
    /// <value>Default 32,768.</value>
    public int MaxDevices { get; set; } = 32_768;

    /// <summary>How many households are remembered.</summary>
    /// <value>Default 65,536.</value>
    public int MaxHouseholds { get; set; } = 65_536;

    /// <summary>How many views are remembered.</summary>
    /// <value>Default 65,536.</value>
    public int MaxViews { get; set; } = 65_536;

    /// <summary>How many pairs of viewer and title are remembered.</summary>
    /// <value>Default 262,144.</value>
    public int MaxViewerTitles { get; set; } = 262_144;

    /// <summary>How many pairs of title and country, device kind or other dimension are remembered, for each dimension.</summary>
    /// <value>Default 131,072.</value>
    public int MaxTitleSegments { get; set; } = 131_072;

    /// <summary>How many values of a dimension are remembered.</summary>
    /// <value>Default 4,096.</value>
    public int MaxDimensionValues { get; set; } = 4096;

    /// <summary>How long after a stall leaving is put down to it.</summary>
    /// <value>Default 10 seconds.</value>
    public TimeSpan StallShadow { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>For how many readers at once room to compute in is kept; further ones allocate theirs.</summary>
    /// <value>Default 64.</value>
    public int MaxIdleReaders { get; set; } = 64;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    public void Validate()
    {
        CheckRows(MaxTitles, nameof(MaxTitles));
        CheckRows(MaxViewers, nameof(MaxViewers));
        CheckRows(MaxDevices, nameof(MaxDevices));
        CheckRows(MaxHouseholds, nameof(MaxHouseholds));
        CheckRows(MaxViews, nameof(MaxViews));
        CheckRows(MaxViewerTitles, nameof(MaxViewerTitles));
        CheckRows(MaxTitleSegments, nameof(MaxTitleSegments));
        CheckRows(MaxDimensionValues, nameof(MaxDimensionValues));
        ArgumentOutOfRangeException.ThrowIfLessThan(StallShadow, TimeSpan.Zero, nameof(StallShadow));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxIdleReaders, nameof(MaxIdleReaders));
    }

    /// <summary>How many rows the tables of a scope may have.</summary>
    internal int MaxRowsOf(FeatureScope scope) => scope switch
    {
        FeatureScope.Title => MaxTitles,
        FeatureScope.Viewer => MaxViewers,
        FeatureScope.ViewerTitle => MaxViewerTitles,
        FeatureScope.Household => MaxHouseholds,
        FeatureScope.Device => MaxDevices,
        FeatureScope.View => MaxViews,
        FeatureScope.TitleSegment => MaxTitleSegments,
        FeatureScope.Dimension => MaxDimensionValues,
        _ => 1,
    };

    private static void CheckRows(int rows, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, 1 << 28, name);
    }
}
