using System.Runtime.InteropServices;
using System.Text;

namespace StreamSense.Core.Events;

/// <summary>The text form of <see cref="EventKind"/>: snake_case, as the public schema spells it.</summary>
public static class EventKindNames
{
    private const int SlotCount = 256;

    private static readonly string[] Texts =
    [
        "",
        "decision",
        "impression",
        "click",
        "detail_view",
        "search",
        "list_add",
        "list_remove",
        "rating",
        "reaction",
        "share",
        "comment",
        "playback_request",
        "playback_start",
        "pause",
        "resume",
        "seek_start",
        "seek_end",
        "buffer_start",
        "buffer_end",
        "bitrate_change",
        "rate_change",
        "heartbeat",
        "visibility",
        "track_change",
        "cdn_change",
        "error",
        "playback_end",
        "media_request",
        "ad_break_start",
        "ad_break_end",
        "ad_start",
        "ad_quartile",
        "ad_complete",
        "ad_skip",
        "ad_click",
        "trial_started",
        "trial_converted",
        "subscription_started",
        "subscription_renewed",
        "subscription_cancelled",
        "subscription_expired",
        "subscription_paused",
        "plan_changed",
        "billing_issue",
        "refunded",
        "message_sent",
        "message_opened",
        "message_clicked",
        "message_dismissed",
        "social_mention",
        "consent_change",
        "support_contact",
        "login",
        "logout",
        "title",
        "profile",
        "custom",
    ];

    private static readonly byte[][] Utf8Texts = Array.ConvertAll(Texts, Encoding.UTF8.GetBytes);

    // Open addressing: a slot is the kind, or 0.
    private static readonly byte[] Slots = Index();

    /// <summary>The number of kinds, <see cref="EventKind.None"/> included: one above the highest value.</summary>
    public static int Count => Texts.Length;

    /// <summary>The kind's name in the public schema, for example <c>playback_start</c>.</summary>
    /// <param name="kind">The kind.</param>
    public static string NameOf(EventKind kind) => Texts[(int)kind];

    /// <summary>The kind's name in the public schema, as UTF-8.</summary>
    /// <param name="kind">The kind.</param>
    public static ReadOnlySpan<byte> Utf8NameOf(EventKind kind) => Utf8Texts[(int)kind];

    /// <summary>Finds a kind by its name in the public schema; allocates nothing.</summary>
    /// <param name="utf8Name">The name as UTF-8.</param>
    /// <param name="kind">The kind, or <see cref="EventKind.None"/>.</param>
    /// <returns>Whether the schema has such a kind.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8Name, out EventKind kind)
    {
        for (int i = SlotOf(utf8Name); Slots[i] != 0; i = (i + 1) & (SlotCount - 1))
        {
            if (utf8Name.SequenceEqual(Utf8Texts[Slots[i]]))
            {
                kind = (EventKind)Slots[i];
                return true;
            }
        }

        kind = EventKind.None;
        return false;
    }

    // The set of names is fixed and the table four times its size: a sender cannot make a chain longer than it is.
    private static int SlotOf(ReadOnlySpan<byte> name)
    {
        uint head = name.Length >= sizeof(uint) ? MemoryMarshal.Read<uint>(name) : 0;
        uint tail = name.Length >= sizeof(uint) ? MemoryMarshal.Read<uint>(name[^sizeof(uint)..]) : 0;
        return (int)(((head * 0x9E3779B1u) ^ (tail * 0x85EBCA6Bu) ^ (uint)name.Length) >> 13) & (SlotCount - 1);
    }

    private static byte[] Index()
    {
        var slots = new byte[SlotCount];
        for (int kind = 1; kind < Utf8Texts.Length; kind++)
        {
            int slot = SlotOf(Utf8Texts[kind]);
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & (SlotCount - 1);
            }

            slots[slot] = (byte)kind;
        }

        return slots;
    }
}
