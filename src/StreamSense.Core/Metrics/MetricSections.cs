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
using StreamSense.Core.Sessions;
using StreamSense.Core.Sessions.Titles;

namespace StreamSense.Core.Metrics;

/// <summary>The recorders of a shard beside that of quality, each for a section of the report.</summary>
/// <remarks>The shard's thread only.</remarks>
internal sealed class MetricSections : IPlaybackSessionConsumer
{
    private readonly EngagementRecorder _engagement;
    private readonly RetentionRecorder _retention;
    private readonly ProfileRecorder _profiles = new();
    private readonly SampleRecorder _samples;
    private readonly AudienceRecorder _audience;
    private readonly ConversionRecorder _conversion;
    private readonly RequestsRecorder _requests;
    private readonly SocialRecorder _social;
    private readonly SubscriptionsRecorder _subscriptions;
    private long _from = long.MaxValue;
    private long _to = long.MinValue;

    public MetricSections(Vocabulary vocabulary, TitleTable titles, MetricsOptions options)
    {
        _engagement = new EngagementRecorder(options.Engagement, options.Thresholds);
        _retention = new RetentionRecorder(options.Engagement);
        _samples = new SampleRecorder(options.Thresholds, options.Samples);
        _audience = new AudienceRecorder(titles, options.Audience);
        _conversion = new ConversionRecorder(options.Conversion);
        _requests = new RequestsRecorder(vocabulary, options.Requests);
        _social = new SocialRecorder(options.Social);
        _subscriptions = new SubscriptionsRecorder(options.Subscriptions);
    }

    /// <summary>Takes an event; each section takes the kinds that concern it.</summary>
    public void Apply(in StreamEvent e, ReadOnlySpan<byte> annex)
    {
        if ((e.Flags & EventFlags.Broadcast) != 0 || e.Kind is EventKind.Title or EventKind.Profile)
        {
            return;
        }

        _from = Math.Min(_from, e.Time.UnixMicroseconds);
        _to = Math.Max(_to, e.Time.UnixMicroseconds);
        if (e.Kind is >= EventKind.PlaybackRequest and <= EventKind.PlaybackEnd)
        {
            // The events of views, nearly all there are, come as sessions.
            return;
        }

        if (RequestsRecorder.Takes(e.Kind))
        {
            _requests.Apply(e);
        }
        else if (SocialRecorder.Takes(e.Kind))
        {
            _social.Apply(e, annex);
        }
        else if (SubscriptionsRecorder.Takes(e.Kind))
        {
            _subscriptions.Apply(e);
        }
        else
        {
            _conversion.Apply(e);
            _audience.Apply(e);
        }
    }

    /// <inheritdoc/>
    public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        _engagement.Add(session, watched);
        _retention.Add(session, watched);
        _profiles.Add(session, watched);
        _samples.Add(session, watched);
        _audience.Add(session, watched);
        _conversion.Add(session, watched);
    }

    /// <inheritdoc/>
    public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        _engagement.Retract(session, watched);
        _retention.Retract(session, watched);
        _profiles.Retract(session, watched);
        _samples.Retract(session, watched);
        _audience.Retract(session, watched);
        _conversion.Retract(session, watched);
    }

    /// <summary>A copy of the audience, which is yet to see the open views.</summary>
    public AudiencePartial CopyAudience() => _audience.Copy();

    /// <summary>A copy that later events do not change.</summary>
    /// <param name="audience">The copy of the audience.</param>
    public SectionsPartial Copy(AudiencePartial audience) => new()
    {
        From = _from,
        To = _to,
        Engagement = _engagement.Snapshot(),
        Retention = _retention.Snapshot(),
        Profiles = _profiles.Snapshot(),
        Samples = _samples.Copy(),
        Audience = audience,
        Conversion = _conversion.Copy(),
        Requests = _requests.Copy(),
        Social = _social.Copy(),
        Subscriptions = _subscriptions.Copy(),
    };
}
