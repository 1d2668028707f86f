using System.Text;
using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Which members each kind must have, as the public schema says.</summary>
internal static class KindRequirements
{
    // A kind, then its members; "a|b" stands for "one of the two".
    private static readonly string[] Rows =
    [
        "decision request surface title position",
        "impression surface title|offer",
        "click title|offer",
        "detail_view title|offer",
        "search query",
        "list_add title",
        "list_remove title",
        "rating title value scale",
        "reaction title",
        "share title",
        "comment title",
        "playback_request view title",
        "playback_start view",
        "pause view",
        "resume view",
        "seek_start view",
        "seek_end view",
        "buffer_start view",
        "buffer_end view",
        "bitrate_change view bitrateKbps",
        "rate_change view rate",
        "heartbeat view",
        "visibility view background",
        "track_change view",
        "cdn_change view cdn",
        "error code severity",
        "playback_end view reason",
        "media_request",
        "ad_break_start view break",
        "ad_break_end view break",
        "ad_start view ad",
        "ad_quartile view ad",
        "ad_complete view ad",
        "ad_skip view ad",
        "ad_click view ad",
        "trial_started plan viewer|household",
        "trial_converted plan viewer|household",
        "subscription_started plan viewer|household",
        "subscription_renewed plan viewer|household",
        "subscription_cancelled plan viewer|household",
        "subscription_expired plan viewer|household",
        "subscription_paused plan viewer|household",
        "plan_changed plan viewer|household",
        "billing_issue plan viewer|household",
        "refunded plan viewer|household",
        "message_sent viewer channel campaign",
        "message_opened viewer channel campaign",
        "message_clicked viewer channel campaign",
        "message_dismissed viewer channel campaign",
        "social_mention title network post",
        "consent_change consent viewer|device",
        "support_contact viewer",
        "login viewer device",
        "logout viewer device",
        "title title",
        "profile viewer",
        "custom name",
    ];

    private static readonly Requirement[] ByKind = Parse();

    /// <summary>The first required member that is not there; <see cref="JsonField.Count"/> if nothing is missing.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="present">The members that are there.</param>
    /// <param name="alternative">The member that would serve as well, or <see cref="JsonField.Count"/>.</param>
    public static JsonField FirstMissing(EventKind kind, FieldSet present, out JsonField alternative)
    {
        ref readonly Requirement requirement = ref ByKind[(int)kind];
        alternative = JsonField.Count;
        FieldSet missing = requirement.All.Except(present);
        if (!missing.IsEmpty)
        {
            return missing.First();
        }

        if (requirement.One == JsonField.Count || present.Contains(requirement.One) || present.Contains(requirement.Other))
        {
            return JsonField.Count;
        }

        alternative = requirement.Other;
        return requirement.One;
    }

    private static Requirement[] Parse()
    {
        var byKind = new Requirement[EventKindNames.Count];
        foreach (string row in Rows)
        {
            string[] words = row.Split(' ');
            var requirement = new Requirement(default, JsonField.Count, JsonField.Count);
            foreach (string word in words.AsSpan(1))
            {
                int bar = word.IndexOf('|', StringComparison.Ordinal);
                requirement = bar < 0
                    ? requirement with { All = requirement.All.With(Field(word)) }
                    : requirement with { One = Field(word[..bar]), Other = Field(word[(bar + 1)..]) };
            }

            if (!EventKindNames.TryParse(Encoding.UTF8.GetBytes(words[0]), out EventKind kind))
            {
                throw new InvalidOperationException($"The schema has no kind '{words[0]}'.");
            }

            byKind[(int)kind] = requirement;
        }

        return byKind;
    }

    private static JsonField Field(string name) => JsonFieldNames.Find(Encoding.UTF8.GetBytes(name));

    private readonly record struct Requirement(FieldSet All, JsonField One, JsonField Other);
}
