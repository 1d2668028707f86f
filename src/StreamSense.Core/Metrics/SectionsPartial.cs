using StreamSense.Core.Metrics.Audience;
using StreamSense.Core.Metrics.Conversion;
using StreamSense.Core.Metrics.Engagement;
using StreamSense.Core.Metrics.Engagement.Retention;
using StreamSense.Core.Metrics.Profiles;
using StreamSense.Core.Metrics.Requests;
using StreamSense.Core.Metrics.Samples;
using StreamSense.Core.Metrics.Social;
using StreamSense.Core.Metrics.Subscriptions;

namespace StreamSense.Core.Metrics;

/// <summary>What the sections of the report are worked out from: those of one shard, or of several merged.</summary>
internal sealed class SectionsPartial
{
    /// <summary>The times of the first and the last event, catalogue and profiles apart.</summary>
    public long From { get; init; } = long.MaxValue;

    public long To { get; init; } = long.MinValue;

    public required EngagementPartial Engagement { get; init; }

    public required RetentionPartial Retention { get; init; }

    public required ProfilePartial Profiles { get; init; }

    public required SamplePartial Samples { get; init; }

    public AudiencePartial Audience { get; init; } = AudiencePartial.Empty;

    public ConversionPartial Conversion { get; init; } = ConversionPartial.Empty;

    public RequestsPartial Requests { get; init; } = RequestsPartial.Empty;

    public SocialPartial Social { get; init; } = SocialPartial.Empty;

    public SubscriptionsPartial Subscriptions { get; init; } = SubscriptionsPartial.Empty;

    /// <summary>Nothing: the identity of <see cref="Merge"/>.</summary>
    public static SectionsPartial Empty(MetricsOptions options) => new()
    {
        Engagement = new EngagementPartial(options.Engagement, options.Thresholds),
        Retention = new RetentionPartial(options.Engagement),
        Profiles = new ProfilePartial(),
        Samples = new SamplePartial(options.Samples),
    };

    /// <summary>The sum of both; the same in any order.</summary>
    public SectionsPartial Merge(SectionsPartial other)
    {
        var engagement = new EngagementPartial(Engagement.Options, Engagement.Thresholds);
        engagement.Merge(Engagement);
        engagement.Merge(other.Engagement);
        var retention = new RetentionPartial(Engagement.Options);
        retention.Merge(Retention);
        retention.Merge(other.Retention);
        var profiles = new ProfilePartial();
        profiles.Merge(Profiles);
        profiles.Merge(other.Profiles);
        return new SectionsPartial
        {
            From = Math.Min(From, other.From),
            To = Math.Max(To, other.To),
            Engagement = engagement,
            Retention = retention,
            Profiles = profiles,
            Samples = new SamplePartial(Samples.Options).Merge(Samples).Merge(other.Samples),
            Audience = Audience.Merge(other.Audience),
            Conversion = Conversion.Merge(other.Conversion),
            Requests = Requests.Merge(other.Requests),
            Social = Social.Merge(other.Social),
            Subscriptions = Subscriptions.Merge(other.Subscriptions),
        };
    }
}
