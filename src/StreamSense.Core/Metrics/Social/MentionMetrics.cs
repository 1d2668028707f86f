namespace StreamSense.Core.Metrics.Social;

/// <summary>What is said on social networks: of a title, on a network, or altogether.</summary>
/// <remarks>Immutable. A mention is a (network, post, title), however often it was collected.</remarks>
public sealed record MentionMetrics
{
    /// <summary>The title or network; null where it is unknown, and for all of them.</summary>
    public string? Name { get; init; }

    /// <summary>Mentions.</summary>
    public long Mentions { get; init; }

    /// <summary>Mentions with a polarity.</summary>
    public long ScoredMentions { get; init; }

    /// <summary>The mean polarity, from -1 to 1, of the last one of each mention; null if none has one.</summary>
    public double? SentimentScore { get; init; }

    /// <summary>Positive ÷ scored mentions.</summary>
    public double? PositiveShare { get; init; }

    /// <summary>Negative ÷ scored mentions.</summary>
    public double? NegativeShare { get; init; }

    /// <summary>Neither positive nor negative ÷ scored mentions.</summary>
    public double? NeutralShare { get; init; }

    /// <summary>The likes last told of each mention.</summary>
    public long Likes { get; init; }

    /// <summary>The replies last told of each mention.</summary>
    public long Replies { get; init; }

    /// <summary>The shares last told of each mention.</summary>
    public long Shares { get; init; }

    /// <summary>Likes, replies and shares together.</summary>
    public long Reach => Likes + Replies + Shares;

    /// <summary>New mentions an hour, over the last window of time.</summary>
    public double MentionsPerHour { get; init; }

    /// <summary>By how much that is more than in the window before it.</summary>
    public double MentionsPerHourChange { get; init; }
}
