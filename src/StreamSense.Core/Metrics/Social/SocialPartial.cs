namespace StreamSense.Core.Metrics.Social;

/// <summary>What one shard knows of mentions at one moment, or several shards together.</summary>
/// <remarks>Immutable. Merging is associative and commutative, with <see cref="Empty"/> as its identity.</remarks>
internal sealed record SocialPartial(SampledRows<MentionRow> Mentions)
{
    public static SocialPartial Empty { get; } = new(SampledRows<MentionRow>.Empty);

    /// <summary>What both know.</summary>
    public SocialPartial Merge(SocialPartial other) => new(Mentions.Join(other.Mentions));
}
