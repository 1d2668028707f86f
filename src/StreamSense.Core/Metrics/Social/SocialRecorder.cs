using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Metrics.Social;

/// <summary>Follows what is said of titles on social networks through the events of a shard.</summary>
/// <remarks>The shard's thread only. Allocates only for mentions that are new, until the bound is reached.</remarks>
internal sealed class SocialRecorder
{
    private readonly KeyedSample<MentionRow> _mentions;

    public SocialRecorder(SocialOptions options)
    {
        options.Validate();
        _mentions = new KeyedSample<MentionRow>(options.MaxMentions);
    }

    /// <summary>Whether events of a kind matter here.</summary>
    public static bool Takes(EventKind kind) => kind == EventKind.SocialMention;

    /// <summary>Takes an event; those that do not matter here are left alone.</summary>
    public void Apply(in StreamEvent e, ReadOnlySpan<byte> annex)
    {
        if (!Takes(e.Kind) || (e.Flags & EventFlags.Broadcast) != 0)
        {
            return;
        }

        ref readonly SocialPayload payload = ref e.ReadPayload<SocialPayload>();
        ulong key = StableHash.Of(payload.Network.Value, payload.Post, e.Title.Value);
        if (_mentions.TryGetOrAdd(key, out int row, out _))
        {
            _mentions[row].Join(MentionRow.Of(e, annex));
        }
    }

    /// <summary>A copy that later events do not change.</summary>
    public SocialPartial Copy() => new(_mentions.Copy());
}
