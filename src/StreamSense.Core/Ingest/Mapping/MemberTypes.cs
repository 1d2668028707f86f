using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>The type of each canonical member.</summary>
internal static class MemberTypes
{
    private static readonly string[] _names = [.. Enumerable.Range(0, (int)JsonField.Count)
        .Select(field => (JsonField)field)
        .Where(field => field is not (JsonField.Kind or JsonField.CorrectionMs or JsonField.Marks))
        .Select(JsonFieldNames.NameOf)];

    /// <summary>The members that a mapping may set.</summary>
    public static ReadOnlySpan<string> Names => _names;

    public static MemberType TypeOf(JsonField field) => field switch
    {
        JsonField.Id or JsonField.Viewer or JsonField.Household or JsonField.Device or JsonField.View or JsonField.Visit
            or JsonField.Title or JsonField.Request or JsonField.Series or JsonField.Post or JsonField.Ad or JsonField.Break
            => MemberType.Id,
        JsonField.Seq or JsonField.Row or JsonField.Position or JsonField.Results or JsonField.Status or JsonField.Likes
            or JsonField.Replies or JsonField.Shares or JsonField.Season or JsonField.Episode or JsonField.Width or JsonField.Height
            or JsonField.DroppedFrames or JsonField.V or JsonField.Weight or JsonField.Value or JsonField.Rate
            => MemberType.Number,
        JsonField.Propensity or JsonField.Polarity or JsonField.Confidence => MemberType.Ratio,
        JsonField.Percent => MemberType.Percent,
        JsonField.Amount => MemberType.Amount,
        JsonField.VisibleMs or JsonField.PlayheadMs or JsonField.StartupMs or JsonField.DurationMs or JsonField.IntervalMs
            or JsonField.BufferMs or JsonField.LiveLatencyMs or JsonField.TtfbMs or JsonField.TtlbMs
            => MemberType.Milliseconds,
        JsonField.BitrateKbps or JsonField.ThroughputKbps => MemberType.Kbps,
        JsonField.Bytes => MemberType.Bytes,
        JsonField.Time or JsonField.Sent or JsonField.Received or JsonField.PeriodEnd or JsonField.Published
            or JsonField.AvailableFrom or JsonField.AvailableUntil or JsonField.Since
            => MemberType.Instant,
        JsonField.Autoplay or JsonField.Preload or JsonField.Live or JsonField.Background or JsonField.Startup or JsonField.Starved
            or JsonField.Kids
            => MemberType.Truth,
        JsonField.Reason or JsonField.MediaType or JsonField.State or JsonField.Track or JsonField.Severity or JsonField.Category
            or JsonField.CacheStatus or JsonField.Placement or JsonField.Type
            => MemberType.Choice,
        JsonField.Genres or JsonField.Moods or JsonField.Cast or JsonField.Languages or JsonField.Countries or JsonField.Consent
            => MemberType.Texts,
        JsonField.Variants or JsonField.Attributes or JsonField.Fields => MemberType.Object,
        JsonField.Scale => MemberType.Scale,
        _ => MemberType.Text,
    };

    /// <summary>The words of a choice.</summary>
    public static ReadOnlySpan<ChoiceTexts> ChoicesOf(JsonField field) => field switch
    {
        JsonField.Reason => new[] { ChoiceTexts.BufferReasons, ChoiceTexts.EndReasons },
        JsonField.MediaType => new[] { ChoiceTexts.MediaTypes },
        JsonField.State => new[] { ChoiceTexts.States },
        JsonField.Track => new[] { ChoiceTexts.Tracks },
        JsonField.Severity => new[] { ChoiceTexts.Severities },
        JsonField.Category => new[] { ChoiceTexts.Categories },
        JsonField.CacheStatus => new[] { ChoiceTexts.CacheStatuses },
        JsonField.Placement => new[] { ChoiceTexts.Placements },
        JsonField.Type => new[] { ChoiceTexts.TitleTypes },
        JsonField.Consent => new[] { ChoiceTexts.Purposes },
        _ => default,
    };
}
