namespace StreamSense.Core.Metrics.Social;

/// <summary>What the metrics of a group of mentions are worked out from.</summary>
/// <param name="polarFrom">From which polarity on a mention is positive, in parts of <see cref="MentionRow.PolarityUnit"/>.</param>
/// <param name="latestFrom">The instant behind which the velocity is measured, in Unix microseconds.</param>
/// <param name="earlierFrom">The instant behind which the velocity before it is measured.</param>
/// <param name="windowHours">The length of either.</param>
internal sealed class SocialTally(int polarFrom, long latestFrom, long earlierFrom, double windowHours)
{
    private long _mentions;
    private long _scored;
    private long _positive;
    private long _negative;
    private Int128 _polarity;
    private Int128 _likes;
    private Int128 _replies;
    private Int128 _shares;
    private long _latest;
    private long _earlier;

    public void Add(in MentionRow mention, long scale)
    {
        _mentions += scale;
        if (mention.HasPolarity)
        {
            _scored += scale;
            _polarity += (Int128)mention.Polarity * scale;
            _positive += mention.Polarity >= polarFrom && mention.Polarity > 0 ? scale : 0;
            _negative += mention.Polarity <= -polarFrom && mention.Polarity < 0 ? scale : 0;
        }

        _likes += (Int128)mention.Likes.Value * scale;
        _replies += (Int128)mention.Replies.Value * scale;
        _shares += (Int128)mention.Shares.Value * scale;
        long first = mention.First.UnixMicroseconds;
        _latest += first > latestFrom ? scale : 0;
        _earlier += first > earlierFrom && first <= latestFrom ? scale : 0;
    }

    public MentionMetrics ToMetrics(string? name) => new()
    {
        Name = name,
        Mentions = _mentions,
        ScoredMentions = _scored,
        SentimentScore = Ratio.Of((double)_polarity / MentionRow.PolarityUnit, _scored),
        PositiveShare = Ratio.Of(_positive, _scored),
        NegativeShare = Ratio.Of(_negative, _scored),
        NeutralShare = Ratio.Of(_scored - _positive - _negative, _scored),
        Likes = (long)_likes,
        Replies = (long)_replies,
        Shares = (long)_shares,
        MentionsPerHour = _latest / windowHours,
        MentionsPerHourChange = (_latest - _earlier) / windowHours,
    };
}
