using System.Collections.Immutable;

namespace StreamSense.Core.Metrics.Engagement;

/// <summary>What counts as watching, and how much is kept of it.</summary>
/// <remarks>Immutable. All bounds are of a shard. What is a completion, <see cref="EngagementThresholds"/> says.</remarks>
public sealed record EngagementOptions
{
    /// <summary>The most shares that <see cref="CompletionShares"/> may hold.</summary>
    public const int MaxCompletionShares = 8;

    /// <summary>The shares of the title at which completion is counted, ascending.</summary>
    /// <value>0.25, 0.5, 0.7, 0.75, 0.9, 0.95 and 0.99.</value>
    public ImmutableArray<double> CompletionShares { get; init; } = [0.25, 0.5, 0.7, 0.75, 0.9, 0.95, 0.99];

    /// <summary>A play that played longer than this is a valid play.</summary>
    /// <value>30 seconds (Snowplow).</value>
    public TimeSpan ValidPlayTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A play that played this long is a starter's.</summary>
    /// <value>2 minutes (Netflix).</value>
    public TimeSpan StarterTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The share of the title from which a play is a watcher's.</summary>
    /// <value>0.7 (Netflix).</value>
    public double WatcherShare { get; init; } = 0.7;

    /// <summary>How near to the end a play must come to have reached it.</summary>
    /// <value>1 second.</value>
    public TimeSpan EndTolerance { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many titles have figures of their own; further ones share those of <c>other</c>.</summary>
    /// <value>10,000, of 0.3 KiB each.</value>
    public int MaxTitles { get; init; } = 10_000;

    /// <summary>How many pairs of viewer and title are remembered; views of further ones are counted and left out.</summary>
    /// <value>131,072, of about 75 bytes each.</value>
    public int MaxViewerTitles { get; init; } = 131_072;

    /// <summary>How many ends of watched ranges a pair may have; a pair with more is counted and left out.</summary>
    /// <value>256.</value>
    public int MaxBordersOfViewerTitle { get; init; } = 256;

    /// <summary>How many ends of watched ranges all pairs may have; a pair that finds no room is counted and left out.</summary>
    /// <value>1,048,576, of 16 bytes each.</value>
    public int MaxBorders { get; init; } = 1_048_576;

    /// <summary>How many retention curves are kept, one a cut of a title; views of further ones are counted and left out.</summary>
    /// <value>4,096, of 3.2 KiB each.</value>
    public int MaxRetentionCurves { get; init; } = 4_096;

    /// <summary>How many views must have reached a place for a drop there to be told.</summary>
    /// <value>30.</value>
    public int MinimumDropSupport { get; init; } = 30;

    /// <summary>How many of the steepest drops of a title are told.</summary>
    /// <value>5.</value>
    public int TopDrops { get; init; } = 5;

    /// <summary>How many views a title needs to be ranked among those of similar length.</summary>
    /// <value>10.</value>
    public int MinimumRankedViews { get; init; } = 10;

    /// <summary>The borders between the classes of length in which titles are ranked, ascending; a length on a border lies above.</summary>
    /// <value>1, 3, 5, 10, 20, 30, 45, 60, 90, 120 and 180 minutes.</value>
    public ImmutableArray<TimeSpan> LengthBorders { get; init; } =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20),
        TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(45), TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(90),
        TimeSpan.FromMinutes(120), TimeSpan.FromMinutes(180),
    ];

    internal void Validate()
    {
        Require(!CompletionShares.IsDefault && CompletionShares.Length <= MaxCompletionShares, nameof(CompletionShares));
        for (int i = 0; i < CompletionShares.Length; i++)
        {
            Require(CompletionShares[i] > (i == 0 ? 0 : CompletionShares[i - 1]) && CompletionShares[i] <= 1, nameof(CompletionShares));
        }

        Require(!LengthBorders.IsDefault, nameof(LengthBorders));
        for (int i = 0; i < LengthBorders.Length; i++)
        {
            Require(LengthBorders[i] > (i == 0 ? TimeSpan.Zero : LengthBorders[i - 1]), nameof(LengthBorders));
        }

        Require(ValidPlayTime >= TimeSpan.Zero, nameof(ValidPlayTime));
        Require(StarterTime >= TimeSpan.Zero, nameof(StarterTime));
        Require(EndTolerance >= TimeSpan.Zero, nameof(EndTolerance));
        Require(WatcherShare is > 0 and <= 1, nameof(WatcherShare));
        Require(MaxTitles >= 1, nameof(MaxTitles));
        Require(MaxViewerTitles >= 0, nameof(MaxViewerTitles));
        Require(MaxBordersOfViewerTitle >= 2, nameof(MaxBordersOfViewerTitle));
        Require(MaxBorders >= MaxBordersOfViewerTitle, nameof(MaxBorders));
        Require(MaxRetentionCurves >= 0, nameof(MaxRetentionCurves));
        Require(MinimumDropSupport >= 1, nameof(MinimumDropSupport));
        Require(TopDrops >= 0, nameof(TopDrops));
        Require(MinimumRankedViews >= 1, nameof(MinimumRankedViews));
    }

    private static void Require(bool holds, string option)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(option, $"{option} is out of its range.");
        }
    }
}
