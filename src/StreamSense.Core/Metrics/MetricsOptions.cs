using StreamSense.Core.Metrics.Audience;
using StreamSense.Core.Metrics.Conversion;
using StreamSense.Core.Metrics.Engagement;
using StreamSense.Core.Metrics.Requests;
using StreamSense.Core.Metrics.Samples;
using StreamSense.Core.Metrics.Social;
using StreamSense.Core.Metrics.Subscriptions;

namespace StreamSense.Core.Metrics;

/// <summary>What the metrics of a shard keep, and how much of it.</summary>
/// <remarks>Read once, when the stage is made; later changes have no effect.</remarks>
public sealed class MetricsOptions
{
    /// <summary>The length of a window.</summary>
    /// <value>1 minute.</value>
    public TimeSpan WindowLength { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many windows are kept, the newest included; 0 keeps none. What an older one held stays in the totals.</summary>
    /// <value>180.</value>
    public int WindowCount { get; set; } = 180;

    /// <summary>How many values of each dimension have metrics of their own; further ones share those of <c>other</c>.</summary>
    /// <value>10,000.</value>
    public int MaxGroupValues { get; set; } = 10_000;

    /// <summary>How many (window, value) pairs are kept; beyond, a window has only its totals and the values it knows.</summary>
    /// <value>65,536.</value>
    public int MaxWindowCells { get; set; } = 65_536;

    /// <summary>
    /// How many (value, second) pairs are kept to find the peak of concurrent plays. When they are used up, seconds more than
    /// <see cref="ConcurrencyRetention"/> ago are condensed to their peak.
    /// </summary>
    /// <value>1,048,576.</value>
    public int MaxConcurrencyPoints { get; set; } = 1_048_576;

    /// <summary>
    /// How long seconds are kept apart at least, while there is room, so that a view that closes late still counts exactly.
    /// </summary>
    /// <value>6 hours.</value>
    public TimeSpan ConcurrencyRetention { get; set; } = TimeSpan.FromHours(6);

    /// <summary>What is a bounce, and what is a completion.</summary>
    /// <value>The schema's: 30 s or a tenth, and nine tenths.</value>
    public EngagementThresholds Thresholds { get; set; } = new();

    /// <summary>What engagement and retention count and keep.</summary>
    /// <value>The defaults of the type.</value>
    public EngagementOptions Engagement { get; set; } = new();

    /// <summary>What the audience's numbers count and keep.</summary>
    /// <value>The defaults of the type.</value>
    public AudienceOptions Audience { get; set; } = new();

    /// <summary>What conversion counts and keeps.</summary>
    /// <value>The defaults of the type.</value>
    public ConversionOptions Conversion { get; set; } = new();

    /// <summary>What delivery metrics keep.</summary>
    /// <value>The defaults of the type.</value>
    public RequestOptions Requests { get; set; } = new();

    /// <summary>What social metrics count and keep.</summary>
    /// <value>The defaults of the type.</value>
    public SocialOptions Social { get; set; } = new();

    /// <summary>What subscription metrics keep.</summary>
    /// <value>The defaults of the type.</value>
    public SubscriptionOptions Subscriptions { get; set; } = new();

    /// <summary>How many views are named for each condition that makes one worth looking into.</summary>
    /// <value>10 views for a condition.</value>
    public SampleOptions Samples { get; set; } = new();

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate()
    {
        Require(WindowLength >= TimeSpan.FromSeconds(1), nameof(WindowLength));
        Require(WindowCount >= 0, nameof(WindowCount));
        Require(WindowCount <= 100_000, nameof(WindowCount));
        Require(MaxGroupValues >= 1, nameof(MaxGroupValues));
        Thresholds.Validate();
        Engagement.Validate();
        Samples.Validate();
        Audience.Validate();
        Conversion.Validate();
        Requests.Validate();
        Social.Validate();
        Subscriptions.Validate();
        Require(MaxWindowCells >= 1, nameof(MaxWindowCells));
        Require(MaxConcurrencyPoints >= 16, nameof(MaxConcurrencyPoints));
        Require(ConcurrencyRetention >= TimeSpan.Zero, nameof(ConcurrencyRetention));
    }

    private static void Require(bool holds, string option)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(option, $"{option} is out of its range.");
        }
    }
}
