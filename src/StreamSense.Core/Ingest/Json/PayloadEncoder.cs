using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Writes what a kind adds to the envelope: the inverse of <see cref="PayloadDecoder"/>.</summary>
internal static class PayloadEncoder
{
    public static void Write(JsonLine line, Vocabulary vocabulary, in StreamEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.Decision or EventKind.Impression or EventKind.Click or EventKind.DetailView:
                WriteShown(line, vocabulary, e.ReadPayload<ShownPayload>());
                break;
            case EventKind.Search:
                Number(line, JsonField.Results, e.ReadPayload<SearchPayload>().Results);
                break;
            case EventKind.ListAdd or EventKind.ListRemove:
                line.Text(JsonField.List, vocabulary.Terms.Utf8NameOf(e.ReadPayload<ListPayload>().List));
                break;
            case EventKind.Rating:
                WriteRating(line, e.ReadPayload<RatingPayload>());
                break;
            case EventKind.Reaction or EventKind.Share or EventKind.Comment:
                ref readonly ReactionPayload reaction = ref e.ReadPayload<ReactionPayload>();
                Milliseconds(line, JsonField.PlayheadMs, reaction.PlayheadMicroseconds);
                line.Text(JsonField.Action, vocabulary.Terms.Utf8NameOf(reaction.Action));
                line.Text(JsonField.Network, vocabulary.Terms.Utf8NameOf(reaction.Network));
                break;
            case EventKind.MediaRequest:
                WriteMediaRequest(line, e.ReadPayload<MediaRequestPayload>());
                break;
            case EventKind.SocialMention:
                WriteSocial(line, vocabulary, e.ReadPayload<SocialPayload>());
                break;
            case EventKind.Title:
                WriteTitleRow(line, vocabulary, e.ReadPayload<TitlePayload>());
                break;
            case >= EventKind.PlaybackRequest and <= EventKind.PlaybackEnd:
                WritePlayback(line, vocabulary, e);
                break;
            default:
                WriteRest(line, vocabulary, e);
                break;
        }
    }

    /// <summary>A title by its name; by its hash if the name is lost, or could be taken for a hash.</summary>
    public static void WriteTitle(JsonLine line, Vocabulary vocabulary, JsonField field, TitleId title)
    {
        ReadOnlySpan<byte> name = vocabulary.Titles.Utf8NameOf(title);
        if (name.IsEmpty || Pseudonym.TryParse(name, out _))
        {
            line.Pseudonym(field, title.Value);
        }
        else
        {
            line.Text(field, name);
        }
    }

    private static void WritePlayback(JsonLine line, Vocabulary vocabulary, in StreamEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.PlaybackRequest:
                WriteRequest(line, vocabulary, e.ReadPayload<PlaybackRequestPayload>());
                break;
            case EventKind.PlaybackStart:
                ref readonly PlaybackStartPayload start = ref e.ReadPayload<PlaybackStartPayload>();
                Milliseconds(line, JsonField.PlayheadMs, start.PlayheadMicroseconds);
                Milliseconds(line, JsonField.StartupMs, start.StartupMicroseconds);
                break;
            case EventKind.Pause or EventKind.Resume or EventKind.SeekStart or EventKind.SeekEnd:
                Milliseconds(line, JsonField.PlayheadMs, e.ReadPayload<PlayheadPayload>().PlayheadMicroseconds);
                break;
            case EventKind.BufferStart or EventKind.BufferEnd:
                ref readonly BufferPayload buffer = ref e.ReadPayload<BufferPayload>();
                Choice(line, JsonField.Reason, ChoiceTexts.BufferReasons, (int)buffer.Reason);
                Milliseconds(line, JsonField.DurationMs, buffer.DurationMicroseconds);
                break;
            case EventKind.BitrateChange:
                ref readonly BitratePayload bitrate = ref e.ReadPayload<BitratePayload>();
                Number(line, JsonField.BitrateKbps, bitrate.BitrateKbps);
                Number(line, JsonField.Width, bitrate.Width);
                Number(line, JsonField.Height, bitrate.Height);
                Choice(line, JsonField.MediaType, ChoiceTexts.MediaTypes, (int)bitrate.MediaType);
                break;
            case EventKind.RateChange:
                line.Name(JsonField.Rate);
                line.Decimal(e.ReadPayload<RatePayload>().RateMillionths, 6);
                break;
            case EventKind.Heartbeat:
                WriteHeartbeat(line, e.ReadPayload<HeartbeatPayload>());
                break;
            case EventKind.Visibility:
                line.Truth(JsonField.Background, e.ReadPayload<VisibilityPayload>().Background);
                break;
            case EventKind.TrackChange:
                ref readonly TrackPayload track = ref e.ReadPayload<TrackPayload>();
                Choice(line, JsonField.Track, ChoiceTexts.Tracks, (int)track.Track);
                line.Text(JsonField.Language, vocabulary.Terms.Utf8NameOf(track.Language));
                break;
            case EventKind.Error:
                ref readonly ErrorPayload error = ref e.ReadPayload<ErrorPayload>();
                Choice(line, JsonField.Severity, ChoiceTexts.Severities, (int)error.Severity);
                Choice(line, JsonField.Category, ChoiceTexts.Categories, (int)error.Category);
                break;
            case EventKind.PlaybackEnd:
                ref readonly PlaybackEndPayload end = ref e.ReadPayload<PlaybackEndPayload>();
                Choice(line, JsonField.Reason, ChoiceTexts.EndReasons, (int)end.Reason);
                Milliseconds(line, JsonField.PlayheadMs, end.PlayheadMicroseconds);
                break;
        }
    }

    private static void WriteRest(JsonLine line, Vocabulary vocabulary, in StreamEvent e)
    {
        switch (e.Kind)
        {
            case >= EventKind.AdBreakStart and <= EventKind.AdClick:
                ref readonly AdPayload ad = ref e.ReadPayload<AdPayload>();
                line.Pseudonym(JsonField.Ad, ad.Ad);
                line.Pseudonym(JsonField.Break, ad.Break);
                Number(line, JsonField.DurationMs, ad.DurationMilliseconds);
                Number(line, JsonField.Percent, ad.Percent);
                Choice(line, JsonField.Placement, ChoiceTexts.Placements, (int)ad.Placement);
                break;
            case >= EventKind.TrialStarted and <= EventKind.Refunded:
                ref readonly SubscriptionPayload subscription = ref e.ReadPayload<SubscriptionPayload>();
                line.Text(JsonField.Plan, vocabulary.Terms.Utf8NameOf(subscription.Plan));
                Decimal(line, JsonField.Amount, subscription.AmountMillionths, 6);
                line.Text(JsonField.Currency, vocabulary.Terms.Utf8NameOf(subscription.Currency));
                Milliseconds(line, JsonField.PeriodEnd, subscription.PeriodEndMicroseconds);
                break;
            case >= EventKind.MessageSent and <= EventKind.MessageDismissed:
                ref readonly MessagePayload message = ref e.ReadPayload<MessagePayload>();
                line.Text(JsonField.Channel, vocabulary.Terms.Utf8NameOf(message.Channel));
                line.Text(JsonField.Campaign, vocabulary.Terms.Utf8NameOf(message.Campaign));
                line.Text(JsonField.Offer, vocabulary.Terms.Utf8NameOf(message.Offer));
                break;
            case EventKind.Login when e.ReadPayload<LoginPayload>().JoinsSinceMicroseconds != 0:
                Milliseconds(line, JsonField.JoinsSince, e.ReadPayload<LoginPayload>().JoinsSinceMicroseconds);
                break;
            case EventKind.Profile:
                ref readonly ProfilePayload profile = ref e.ReadPayload<ProfilePayload>();
                line.Text(JsonField.Plan, vocabulary.Terms.Utf8NameOf(profile.Plan));
                Milliseconds(line, JsonField.Since, profile.SinceMicroseconds);
                Mark(line, JsonField.Kids, profile.Kids);
                break;
        }
    }

    private static void WriteShown(JsonLine line, Vocabulary vocabulary, in ShownPayload payload)
    {
        line.Pseudonym(JsonField.Request, payload.Request.Value);
        line.Text(JsonField.Surface, vocabulary.Surfaces.Utf8NameOf(payload.Surface));
        Number(line, JsonField.Row, payload.Row);
        Number(line, JsonField.Position, payload.Position);
        Number(line, JsonField.Propensity, payload.Propensity);
        Number(line, JsonField.VisibleMs, payload.VisibleMilliseconds);
        line.Text(JsonField.Model, vocabulary.Terms.Utf8NameOf(payload.Model));
        line.Text(JsonField.Policy, vocabulary.Terms.Utf8NameOf(payload.Policy));
        line.Text(JsonField.Offer, vocabulary.Terms.Utf8NameOf(payload.Offer));
        Weight(line, payload.Weight);
    }

    private static void WriteRequest(JsonLine line, Vocabulary vocabulary, in PlaybackRequestPayload payload)
    {
        line.Pseudonym(JsonField.Request, payload.Request.Value);
        line.Text(JsonField.Surface, vocabulary.Surfaces.Utf8NameOf(payload.Surface));
        Number(line, JsonField.Row, payload.Row);
        Number(line, JsonField.Position, payload.Position);
        Milliseconds(line, JsonField.PlayheadMs, payload.PlayheadMicroseconds);
        Mark(line, JsonField.Autoplay, payload.Autoplay);
        Mark(line, JsonField.Preload, payload.Preload);
        Mark(line, JsonField.Live, payload.Live);
    }

    private static void WriteHeartbeat(JsonLine line, in HeartbeatPayload payload)
    {
        Milliseconds(line, JsonField.PlayheadMs, payload.PlayheadMicroseconds);
        Choice(line, JsonField.State, ChoiceTexts.States, (int)payload.State);
        Milliseconds(line, JsonField.IntervalMs, payload.IntervalMicroseconds);
        Number(line, JsonField.BitrateKbps, payload.BitrateKbps);
        Number(line, JsonField.BufferMs, payload.BufferMilliseconds);
        Number(line, JsonField.DroppedFrames, payload.DroppedFrames);
        Number(line, JsonField.LiveLatencyMs, payload.LiveLatencyMilliseconds);
    }

    private static void WriteMediaRequest(JsonLine line, in MediaRequestPayload payload)
    {
        line.Text(JsonField.ObjectType, ObjectTypes.TextOf(payload.ObjectType));
        Number(line, JsonField.Status, payload.Status == 0 ? Absent.Number : payload.Status);
        Number(line, JsonField.TtfbMs, payload.TtfbMilliseconds);
        Number(line, JsonField.TtlbMs, payload.TtlbMilliseconds);
        Decimal(line, JsonField.Bytes, payload.Bytes, 0);
        Number(line, JsonField.DurationMs, payload.DurationMilliseconds);
        Choice(line, JsonField.CacheStatus, ChoiceTexts.CacheStatuses, payload.CacheAndMarks & 15);
        Number(line, JsonField.BitrateKbps, payload.BitrateKbps);
        Number(line, JsonField.BufferMs, payload.BufferMilliseconds);
        Number(line, JsonField.ThroughputKbps, payload.ThroughputKbps);
        Mark(line, JsonField.Startup, (payload.CacheAndMarks & 16) != 0);
        Mark(line, JsonField.Starved, (payload.CacheAndMarks & 32) != 0);
        Weight(line, payload.Weight);
    }

    private static void WriteSocial(JsonLine line, Vocabulary vocabulary, in SocialPayload payload)
    {
        line.Text(JsonField.Network, vocabulary.Terms.Utf8NameOf(payload.Network));
        line.Pseudonym(JsonField.Post, payload.Post);
        Number(line, JsonField.Polarity, payload.Polarity);
        line.Text(JsonField.Language, vocabulary.Terms.Utf8NameOf(payload.Language));
        Number(line, JsonField.Likes, payload.Likes);
        Number(line, JsonField.Replies, payload.Replies);
        Number(line, JsonField.Shares, payload.Shares);
        Number(line, JsonField.Confidence, payload.Confidence);
    }

    private static void WriteTitleRow(JsonLine line, Vocabulary vocabulary, in TitlePayload payload)
    {
        Choice(line, JsonField.Type, ChoiceTexts.TitleTypes, (int)payload.Type);
        WriteTitle(line, vocabulary, JsonField.Series, payload.Series);
        Number(line, JsonField.Season, payload.Season);
        Number(line, JsonField.Episode, payload.Episode);
        Milliseconds(line, JsonField.DurationMs, payload.DurationMicroseconds);
        Milliseconds(line, JsonField.Published, payload.PublishedMicroseconds);
    }

    private static void WriteRating(JsonLine line, in RatingPayload payload)
    {
        line.Name(JsonField.Value);
        line.Number(payload.Value);
        line.Name(JsonField.Scale);
        if (payload.Scale != RatingScale.Range)
        {
            line.Text(ChoiceTexts.Scales.TextOf((int)payload.Scale));
            return;
        }

        line.Append((byte)'[');
        line.Number(payload.Minimum);
        line.Append((byte)',');
        line.Number(payload.Maximum);
        line.Append((byte)']');
    }

    private static void Weight(JsonLine line, float weight)
    {
        if (weight != 1)
        {
            Number(line, JsonField.Weight, weight);
        }
    }

    private static void Milliseconds(JsonLine line, JsonField field, long microseconds) => Decimal(line, field, microseconds, 3);

    private static void Decimal(JsonLine line, JsonField field, long value, int digits)
    {
        if (value != Absent.Time)
        {
            line.Name(field);
            line.Decimal(value, digits);
        }
    }

    private static void Number(JsonLine line, JsonField field, int value)
    {
        if (value != Absent.Number)
        {
            line.Name(field);
            line.Number(value);
        }
    }

    private static void Number(JsonLine line, JsonField field, float value)
    {
        if (!float.IsNaN(value))
        {
            line.Name(field);
            line.Number(value);
        }
    }

    private static void Choice(JsonLine line, JsonField field, ChoiceTexts texts, int value)
    {
        if (value != 0)
        {
            line.Text(field, texts.TextOf(value));
        }
    }

    private static void Mark(JsonLine line, JsonField field, bool value)
    {
        if (value)
        {
            line.Truth(field, true);
        }
    }
}
