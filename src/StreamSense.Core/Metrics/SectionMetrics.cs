using StreamSense.Core.Events;
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

/// <summary>The sections of a snapshot, each worked out when it is first asked for.</summary>
internal sealed class SectionMetrics
{
    public SectionMetrics(MetricsPartial partial, EventTime? now)
    {
        MetricsOptions options = partial.Options ?? new MetricsOptions();
        SectionsPartial sections = partial.Sections ?? SectionsPartial.Empty(options);
        Vocabulary vocabulary = partial.Vocabulary ?? new Vocabulary(titleCapacity: 64, contextCapacity: 64);
        bool isEmpty = sections.From > sections.To;
        var from = new EventTime(isEmpty ? 0 : sections.From);
        var to = new EventTime(isEmpty ? 0 : sections.To);
        EventTime clock = now ?? to;
        Engagement = new(() => EngagementMetrics.Of(sections.Engagement, vocabulary));
        Retention = new(() => RetentionMetrics.Of(sections.Retention, vocabulary));
        Profiles = new(() => ProfileMetrics.Of(sections.Profiles));
        Samples = new(() => SampleMetrics.Of(sections.Samples));
        Audience = new(() => AudienceMetrics.Of(sections.Audience, vocabulary, from, to, options.Audience));
        Conversion = new(() => ConversionMetrics.Of(sections.Conversion, vocabulary, options.Conversion));
        Requests = new(() => RequestMetrics.Of(sections.Requests, vocabulary));
        Social = new(() => SocialMetrics.Of(sections.Social, vocabulary, clock, options.Social));
        Subscriptions = new(() => SubscriptionMetrics.Of(sections.Subscriptions, vocabulary, clock));
    }

    public Lazy<EngagementMetrics> Engagement { get; }

    public Lazy<RetentionMetrics> Retention { get; }

    public Lazy<ProfileMetrics> Profiles { get; }

    public Lazy<SampleMetrics> Samples { get; }

    public Lazy<AudienceMetrics> Audience { get; }

    public Lazy<ConversionMetrics> Conversion { get; }

    public Lazy<RequestMetrics> Requests { get; }

    public Lazy<SocialMetrics> Social { get; }

    public Lazy<SubscriptionMetrics> Subscriptions { get; }
}
