using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Reads what a kind adds to the envelope.</summary>
/// <remarks>One thread at a time. Every field of a payload is written: a cleared one says "0", not "absent".</remarks>
internal sealed class PayloadDecoder(Vocabulary vocabulary, IdReader ids, AnnexBuilder annex)
{
    private readonly SymbolCache _terms = new(vocabulary.Terms);
    private readonly SymbolCache _surfaces = new(vocabulary.Surfaces);

    public void Read(in JsonRecord record, float weight, ref StreamEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.Decision or EventKind.Impression or EventKind.Click or EventKind.DetailView:
                ReadShown(record, weight, ref e);
                break;
            case EventKind.Search:
                e.PayloadAs<SearchPayload>().Results = record.Whole(JsonField.Results);
                annex.Text(record, JsonField.Query, RecordLimits.Text);
                break;
            case EventKind.ListAdd or EventKind.ListRemove:
                e.PayloadAs<ListPayload>().List = Term(record, JsonField.List);
                break;
            case EventKind.Rating:
                ReadRating(record, ref e.PayloadAs<RatingPayload>());
                break;
            case EventKind.Reaction or EventKind.Share or EventKind.Comment:
                e.PayloadAs<ReactionPayload>() = new ReactionPayload
                {
                    PlayheadMicroseconds = record.Microseconds(JsonField.PlayheadMs, signed: true),
                    Action = Term(record, JsonField.Action),
                    Network = Term(record, JsonField.Network),
                };
                break;
            case EventKind.MediaRequest:
                ReadMediaRequest(record, weight, ref e);
                break;
            case EventKind.SocialMention:
                ReadSocial(record, ref e.PayloadAs<SocialPayload>());
                break;
            case EventKind.Title:
                ReadTitle(record, ref e.PayloadAs<TitlePayload>());
                break;
            case >= EventKind.PlaybackRequest and <= EventKind.PlaybackEnd:
                ReadPlayback(record, ref e);
                break;
            default:
                ReadRest(record, ref e);
                break;
        }
    }

    private void ReadPlayback(in JsonRecord record, ref StreamEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.PlaybackRequest:
                ReadRequest(record, ref e.PayloadAs<PlaybackRequestPayload>());
                break;
            case EventKind.PlaybackStart:
                ref PlaybackStartPayload start = ref e.PayloadAs<PlaybackStartPayload>();
                start.PlayheadMicroseconds = record.Microseconds(JsonField.PlayheadMs, signed: true);
                start.StartupMicroseconds = record.Microseconds(JsonField.StartupMs);
                break;
            case EventKind.Pause or EventKind.Resume or EventKind.SeekStart or EventKind.SeekEnd:
                e.PayloadAs<PlayheadPayload>().PlayheadMicroseconds = record.Microseconds(JsonField.PlayheadMs, signed: true);
                break;
            case EventKind.BufferStart or EventKind.BufferEnd:
                ref BufferPayload buffer = ref e.PayloadAs<BufferPayload>();
                buffer.DurationMicroseconds = record.Microseconds(JsonField.DurationMs);
                buffer.Reason = (BufferReason)record.Choice(JsonField.Reason, ChoiceTexts.BufferReasons);
                break;
            case EventKind.BitrateChange:
                ref BitratePayload bitrate = ref e.PayloadAs<BitratePayload>();
                bitrate.BitrateKbps = record.Rounded(JsonField.BitrateKbps);
                bitrate.Width = record.Rounded(JsonField.Width);
                bitrate.Height = record.Rounded(JsonField.Height);
                bitrate.MediaType = (MediaType)record.Choice(JsonField.MediaType, ChoiceTexts.MediaTypes);
                break;
            case EventKind.RateChange:
                e.PayloadAs<RatePayload>().RateMillionths = record.Rounded(JsonField.Rate, power: 6);
                break;
            case EventKind.Heartbeat:
                ReadHeartbeat(record, ref e.PayloadAs<HeartbeatPayload>());
                break;
            case EventKind.Visibility:
                e.PayloadAs<VisibilityPayload>().Background = record.Truth(JsonField.Background);
                break;
            case EventKind.TrackChange:
                ref TrackPayload track = ref e.PayloadAs<TrackPayload>();
                track.Language = Term(record, JsonField.Language);
                track.Track = (TrackType)record.Choice(JsonField.Track, ChoiceTexts.Tracks);
                break;
            case EventKind.Error:
                ref ErrorPayload error = ref e.PayloadAs<ErrorPayload>();
                error.Severity = (ErrorSeverity)record.Choice(JsonField.Severity, ChoiceTexts.Severities);
                error.Category = (ErrorCategory)record.Choice(JsonField.Category, ChoiceTexts.Categories);
                annex.Code(record, JsonField.Code);
                annex.Text(record, JsonField.Message, RecordLimits.Text);
                break;
            case EventKind.PlaybackEnd:
                ref PlaybackEndPayload end = ref e.PayloadAs<PlaybackEndPayload>();
                end.PlayheadMicroseconds = record.Microseconds(JsonField.PlayheadMs, signed: true);
                end.Reason = (EndReason)record.Choice(JsonField.Reason, ChoiceTexts.EndReasons);
                break;
        }
    }

    private void ReadRest(in JsonRecord record, ref StreamEvent e)
    {
        switch (e.Kind)
        {
            case >= EventKind.AdBreakStart and <= EventKind.AdClick:
                ReadAd(record, ref e.PayloadAs<AdPayload>());
                break;
            case >= EventKind.TrialStarted and <= EventKind.Refunded:
                e.PayloadAs<SubscriptionPayload>() = new SubscriptionPayload
                {
                    AmountMillionths = record.RoundedLong(JsonField.Amount, signed: true, power: 6),
                    PeriodEndMicroseconds = record.Instant(JsonField.PeriodEnd),
                    Plan = Term(record, JsonField.Plan),
                    Currency = Term(record, JsonField.Currency),
                };
                break;
            case >= EventKind.MessageSent and <= EventKind.MessageDismissed:
                e.PayloadAs<MessagePayload>() = new MessagePayload
                {
                    Channel = Term(record, JsonField.Channel),
                    Campaign = Term(record, JsonField.Campaign),
                    Offer = Term(record, JsonField.Offer),
                };
                break;
            case EventKind.ConsentChange:
                e.PayloadAs<ConsentPayload>().Granted = ConsentReader.Read(record);
                break;
            case EventKind.SupportContact:
                annex.Text(record, JsonField.Topic, RecordLimits.Text);
                break;
            case EventKind.Profile:
                e.PayloadAs<ProfilePayload>() = new ProfilePayload
                {
                    SinceMicroseconds = record.Instant(JsonField.Since),
                    Plan = Term(record, JsonField.Plan),
                    Kids = record.Truth(JsonField.Kids),
                };
                annex.Object(record, JsonField.Attributes);
                break;
            case EventKind.Custom:
                annex.Text(record, JsonField.Name, RecordLimits.Dimension);
                annex.Object(record, JsonField.Fields);
                break;
        }
    }

    private void ReadShown(in JsonRecord record, float weight, ref StreamEvent e)
    {
        e.PayloadAs<ShownPayload>() = new ShownPayload
        {
            Request = ids.Request(record),
            Surface = Surface(record),
            Row = record.Whole(JsonField.Row),
            Position = record.Whole(JsonField.Position),
            Propensity = (float)record.Number(JsonField.Propensity, 0, 1),
            VisibleMilliseconds = record.Rounded(JsonField.VisibleMs),
            Model = Term(record, JsonField.Model),
            Policy = Term(record, JsonField.Policy),
            Offer = Term(record, JsonField.Offer),
            Weight = e.Kind is EventKind.Impression or EventKind.Click ? Weigh(weight, ref e) : 1,
        };
    }

    private void ReadRequest(in JsonRecord record, ref PlaybackRequestPayload payload) => payload = new PlaybackRequestPayload
    {
        Request = ids.Request(record),
        Surface = Surface(record),
        Row = record.Whole(JsonField.Row),
        Position = record.Whole(JsonField.Position),
        PlayheadMicroseconds = record.Microseconds(JsonField.PlayheadMs, signed: true),
        Autoplay = record.Truth(JsonField.Autoplay),
        Preload = record.Truth(JsonField.Preload),
        Live = record.Truth(JsonField.Live),
    };

    private static void ReadHeartbeat(in JsonRecord record, ref HeartbeatPayload payload) => payload = new HeartbeatPayload
    {
        PlayheadMicroseconds = record.Microseconds(JsonField.PlayheadMs, signed: true),
        IntervalMicroseconds = record.Microseconds(JsonField.IntervalMs),
        BitrateKbps = record.Rounded(JsonField.BitrateKbps),
        BufferMilliseconds = record.Rounded(JsonField.BufferMs),
        DroppedFrames = record.Rounded(JsonField.DroppedFrames),
        LiveLatencyMilliseconds = record.Rounded(JsonField.LiveLatencyMs, signed: true),
        State = (PlayerState)record.Choice(JsonField.State, ChoiceTexts.States),
    };

    private static void ReadMediaRequest(in JsonRecord record, float weight, ref StreamEvent e)
    {
        int status = record.Whole(JsonField.Status, 0, 999);
        byte marks = record.Choice(JsonField.CacheStatus, ChoiceTexts.CacheStatuses);
        marks |= (byte)(record.Truth(JsonField.Startup) ? 16 : 0);
        marks |= (byte)(record.Truth(JsonField.Starved) ? 32 : 0);
        e.PayloadAs<MediaRequestPayload>() = new MediaRequestPayload
        {
            Bytes = record.RoundedLong(JsonField.Bytes),
            TtfbMilliseconds = record.Rounded(JsonField.TtfbMs),
            TtlbMilliseconds = record.Rounded(JsonField.TtlbMs),
            DurationMilliseconds = record.Rounded(JsonField.DurationMs),
            BitrateKbps = record.Rounded(JsonField.BitrateKbps),
            BufferMilliseconds = record.Rounded(JsonField.BufferMs),
            ThroughputKbps = record.Rounded(JsonField.ThroughputKbps),
            Weight = Weigh(weight, ref e),
            Status = (short)Math.Max(0, status),
            ObjectType = ObjectTypes.LetterOf(record.Text(JsonField.ObjectType, RecordLimits.Dimension)),
            CacheAndMarks = marks,
        };
    }

    private void ReadAd(in JsonRecord record, ref AdPayload payload) => payload = new AdPayload
    {
        Ad = ids.Other(record, JsonField.Ad),
        Break = ids.Other(record, JsonField.Break),
        DurationMilliseconds = record.Rounded(JsonField.DurationMs),
        Percent = (float)record.Number(JsonField.Percent, 0, 100),
        Placement = (AdPlacement)record.Choice(JsonField.Placement, ChoiceTexts.Placements),
    };

    private void ReadSocial(in JsonRecord record, ref SocialPayload payload)
    {
        payload = new SocialPayload
        {
            Post = ids.Other(record, JsonField.Post),
            Polarity = (float)record.Number(JsonField.Polarity, -1, 1),
            Confidence = (float)record.Number(JsonField.Confidence, 0, 1),
            Likes = record.Whole(JsonField.Likes),
            Replies = record.Whole(JsonField.Replies),
            Shares = record.Whole(JsonField.Shares),
            Network = Term(record, JsonField.Network),
            Language = Term(record, JsonField.Language),
        };
        annex.Text(record, JsonField.Text, RecordLimits.Text);
    }

    private void ReadTitle(in JsonRecord record, ref TitlePayload payload)
    {
        payload = new TitlePayload
        {
            DurationMicroseconds = record.Microseconds(JsonField.DurationMs),
            PublishedMicroseconds = record.Instant(JsonField.Published),
            Series = ids.Title(record, JsonField.Series, pin: true),
            Season = record.Whole(JsonField.Season),
            Episode = record.Whole(JsonField.Episode),
            Type = (TitleType)record.Choice(JsonField.Type, ChoiceTexts.TitleTypes),
        };
        annex.Text(record, JsonField.Name, RecordLimits.Text);
        annex.Texts(record, JsonField.Genres);
        annex.Texts(record, JsonField.Moods);
        annex.Texts(record, JsonField.Cast);
        annex.Texts(record, JsonField.Languages);
        annex.Text(record, JsonField.Maturity, RecordLimits.Dimension);
        annex.Instant(record, JsonField.AvailableFrom);
        annex.Instant(record, JsonField.AvailableUntil);
        annex.Texts(record, JsonField.Countries);
        annex.Text(record, JsonField.Edit, RecordLimits.Dimension);
    }

    private static void ReadRating(in JsonRecord record, ref RatingPayload payload)
    {
        RatingScale scale = RatingScales.Read(record, out double minimum, out double maximum);
        payload = new RatingPayload
        {
            Value = record.Number(JsonField.Value, minimum, maximum),
            Minimum = minimum,
            Maximum = maximum,
            Scale = scale,
        };
    }

    private static float Weigh(float weight, ref StreamEvent e)
    {
        e.Flags |= weight == 1 ? EventFlags.None : EventFlags.Weighted;
        return weight;
    }

    private Symbol Term(in JsonRecord record, JsonField field) => _terms.Intern(record.Text(field, RecordLimits.Dimension));

    private Symbol Surface(in JsonRecord record) => _surfaces.Intern(record.Text(JsonField.Surface, RecordLimits.Dimension));
}
