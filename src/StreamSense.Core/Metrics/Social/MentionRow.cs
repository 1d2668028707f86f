using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Metrics.Social;

/// <summary>What is known of the mention of a title in a post.</summary>
/// <remarks>A first time and last values only, so that the order in which events come does not matter.</remarks>
internal struct MentionRow : IKeyedState<MentionRow>
{
    /// <summary>A polarity of 1; fine enough that a float of seven digits comes back as it was written.</summary>
    public const int PolarityUnit = 10_000_000;

    public TitleId Title;
    public Symbol Network;
    public Moment First;

    /// <summary>The last event that gave a polarity.</summary>
    public WordOrder PolarityGiven;
    public int Polarity;
    public LatestCount Likes;
    public LatestCount Replies;
    public LatestCount Shares;

    public readonly bool HasPolarity => PolarityGiven.Time.IsKnown;

    public static MentionRow Of(in StreamEvent e, ReadOnlySpan<byte> annex)
    {
        ref readonly SocialPayload payload = ref e.ReadPayload<SocialPayload>();
        var row = new MentionRow
        {
            Title = e.Title,
            Network = payload.Network,
            First = Moment.At(e.Time),
            Likes = LatestCount.Of(e.Time, payload.Likes),
            Replies = LatestCount.Of(e.Time, payload.Replies),
            Shares = LatestCount.Of(e.Time, payload.Shares),
        };
        if (!float.IsNaN(payload.Polarity))
        {
            row.PolarityGiven = WordOrder.Of(e, annex);
            row.Polarity = (int)Math.Round((double)payload.Polarity * PolarityUnit);
        }

        return row;
    }

    /// <inheritdoc/>
    public void Join(in MentionRow other)
    {
        if (other.First.IsKnown)
        {
            Title = other.Title;
            Network = other.Network;
        }

        First = Moment.Earliest(First, other.First);
        if (other.PolarityGiven.IsAfter(PolarityGiven))
        {
            PolarityGiven = other.PolarityGiven;
            Polarity = other.Polarity;
        }

        Likes.Join(other.Likes);
        Replies.Join(other.Replies);
        Shares.Join(other.Shares);
    }
}
