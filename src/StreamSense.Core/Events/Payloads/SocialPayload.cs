using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>A mention on a social network; its text lies in the annex.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct SocialPayload : IEventPayload
{
    /// <summary>A hash of the post.</summary>
    public ulong Post;

    /// <summary>From -1 to 1, or NaN.</summary>
    public float Polarity;

    /// <summary>Certainty that the post speaks of the title, or NaN.</summary>
    public float Confidence;

    /// <summary>Likes so far, or <see cref="Absent.Number"/>.</summary>
    public int Likes;

    /// <summary>Replies so far, or <see cref="Absent.Number"/>.</summary>
    public int Replies;

    /// <summary>Shares so far, or <see cref="Absent.Number"/>.</summary>
    public int Shares;

    /// <summary>The network, a symbol of <see cref="Vocabulary.Terms"/>.</summary>
    public Symbol Network;

    /// <summary>The language, a symbol of <see cref="Vocabulary.Terms"/>.</summary>
    public Symbol Language;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.SocialMention;
}
