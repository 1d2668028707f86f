using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.MessagePack;

/// <summary>For each kind, what becomes of each member, and the payload of an event that has none of them.</summary>
/// <remarks>Kinds that are seldom sent, with arrays or objects of their own, have no plan and take the general way.</remarks>
internal static class PayloadPlan
{
    // A power of two above the number of members, so that a key of seven bits always has a place.
    private const int Stride = 128;

    private static readonly Step[] Steps = new Step[EventKindNames.Count * Stride];
    private static readonly KindPlan[] Kinds = new KindPlan[EventKindNames.Count];

    static PayloadPlan()
    {
        Array.Fill(Steps, new Step(MemberRule.Later, 0, 0, 0, (byte)JsonField.Count));
        foreach (EventKind kind in Enum.GetValues<EventKind>())
        {
            if (kind is not (EventKind.None or EventKind.Title or EventKind.Profile or EventKind.Custom or EventKind.ConsentChange))
            {
                Begin(kind);
                Require(kind);
                PlanPayload(kind);
            }
        }
    }

    /// <summary>Whether events of a kind can be read directly.</summary>
    public static bool Has(long kind) => (ulong)kind < (ulong)Kinds.Length && Kinds[kind].IsKnown;

    /// <summary>What becomes of each member of a kind that has a plan: one step for each number below 128.</summary>
    public static ReadOnlySpan<Step> StepsOf(EventKind kind) => Steps.AsSpan((int)kind * Stride, Stride);

    /// <summary>What holds for the members of a kind together.</summary>
    public static ref readonly KindPlan Of(EventKind kind) => ref Kinds[(int)kind];

    private static void Begin(EventKind kind)
    {
        Kinds[(int)kind].IsKnown = true;
        for (int member = 1; member < MemberTable.Count; member++)
        {
            Put(kind, (EventMember)member, MemberTable.IsInRow((EventMember)member) ? MemberRule.General : MemberRule.Ignored, 0);
        }

        Put(kind, EventMember.Kind, MemberRule.General, 0);
        Put(kind, EventMember.Time, MemberRule.General, 0);
        Put(kind, EventMember.Id, MemberRule.Id, 0);
        Put(kind, EventMember.Seq, MemberRule.Sequence, 0);
        Put(kind, EventMember.Title, MemberRule.Title, 0);
        Put(kind, EventMember.Sent, MemberRule.Sent, 0);
        Put(kind, EventMember.Received, MemberRule.Received, 0);

        // These are checked for every kind, also where they have no place; marks are read where the sender is trusted.
        Put(kind, EventMember.Request, MemberRule.General, 0);
        Put(kind, EventMember.Surface, MemberRule.General, 0);
        Put(kind, EventMember.Row, MemberRule.General, 0);
        Put(kind, EventMember.Position, MemberRule.General, 0);
        Put(kind, EventMember.Weight, MemberRule.General, 0);
        Put(kind, EventMember.CorrectionMs, MemberRule.General, 0);
        Put(kind, EventMember.Marks, MemberRule.General, 0);
    }

    // Asks what is missing until nothing is.
    private static void Require(EventKind kind)
    {
        FieldSet present = default;
        while (KindRequirements.FirstMissing(kind, present, out JsonField alternative) is var missing and not JsonField.Count)
        {
            present = present.With(missing);
            if (alternative == JsonField.Count)
            {
                Kinds[(int)kind].Required = Kinds[(int)kind].Required.With(missing);
            }
            else
            {
                Kinds[(int)kind].OneOf = FieldSet.Of(missing).With(alternative);
            }
        }
    }

    private static void PlanPayload(EventKind kind)
    {
        switch (kind)
        {
            case EventKind.Decision or EventKind.Impression or EventKind.Click or EventKind.DetailView:
                PlanShown(kind);
                break;
            case >= EventKind.PlaybackRequest and <= EventKind.PlaybackEnd:
                PlanPlayback(kind);
                break;
            case EventKind.MediaRequest:
                PlanMediaRequest(kind);
                break;
            case >= EventKind.AdBreakStart and <= EventKind.AdClick:
                PlanAd(kind);
                break;
            case >= EventKind.TrialStarted and <= EventKind.Refunded:
                var subscription = default(SubscriptionPayload);
                Put(kind, EventMember.Amount, MemberRule.MillionthsLong, ref subscription, ref subscription.AmountMillionths);
                Put(kind, EventMember.PeriodEnd, MemberRule.Instant, ref subscription, ref subscription.PeriodEndMicroseconds);
                Put(kind, EventMember.Plan, MemberRule.Term, ref subscription, ref subscription.Plan);
                Put(kind, EventMember.Currency, MemberRule.Term, ref subscription, ref subscription.Currency);
                break;
            case >= EventKind.MessageSent and <= EventKind.MessageDismissed:
                var message = default(MessagePayload);
                Put(kind, EventMember.Channel, MemberRule.Term, ref message, ref message.Channel);
                Put(kind, EventMember.Campaign, MemberRule.Term, ref message, ref message.Campaign);
                Put(kind, EventMember.Offer, MemberRule.Term, ref message, ref message.Offer);
                break;
            default:
                PlanOpinion(kind);
                break;
        }
    }

    private static void PlanOpinion(EventKind kind)
    {
        switch (kind)
        {
            case EventKind.Search:
                var search = default(SearchPayload);
                Put(kind, EventMember.Results, MemberRule.Whole, ref search, ref search.Results);
                Put(kind, EventMember.Query, MemberRule.FirstText, 0);
                break;
            case EventKind.ListAdd or EventKind.ListRemove:
                var list = default(ListPayload);
                Put(kind, EventMember.List, MemberRule.Term, ref list, ref list.List);
                break;
            case EventKind.Rating:
                var rating = default(RatingPayload);
                Put(kind, EventMember.Value, MemberRule.Score, ref rating, ref rating.Value);
                Put(kind, EventMember.Scale, MemberRule.Scale, ref rating, ref rating.Scale);
                break;
            case EventKind.Reaction or EventKind.Share or EventKind.Comment:
                var reaction = default(ReactionPayload);
                Put(kind, EventMember.PlayheadMs, MemberRule.Position, ref reaction, ref reaction.PlayheadMicroseconds);
                Put(kind, EventMember.Action, MemberRule.Term, ref reaction, ref reaction.Action);
                Put(kind, EventMember.Network, MemberRule.Term, ref reaction, ref reaction.Network);
                break;
            case EventKind.SocialMention:
                var social = default(SocialPayload);
                Put(kind, EventMember.Post, MemberRule.Other, ref social, ref social.Post);
                Put(kind, EventMember.Polarity, MemberRule.SignedShare, ref social, ref social.Polarity);
                Put(kind, EventMember.Confidence, MemberRule.Share, ref social, ref social.Confidence);
                Put(kind, EventMember.Likes, MemberRule.Whole, ref social, ref social.Likes);
                Put(kind, EventMember.Replies, MemberRule.Whole, ref social, ref social.Replies);
                Put(kind, EventMember.Shares, MemberRule.Whole, ref social, ref social.Shares);
                Put(kind, EventMember.Network, MemberRule.Term, ref social, ref social.Network);
                Put(kind, EventMember.Language, MemberRule.Term, ref social, ref social.Language);
                Put(kind, EventMember.Text, MemberRule.FirstText, 0);
                break;
            case EventKind.SupportContact:
                Put(kind, EventMember.Topic, MemberRule.FirstText, 0);
                break;
        }
    }

    private static void PlanPlayback(EventKind kind)
    {
        var playhead = default(PlayheadPayload);
        switch (kind)
        {
            case EventKind.PlaybackRequest:
                PlanRequest(kind);
                break;
            case EventKind.PlaybackStart:
                var start = default(PlaybackStartPayload);
                Put(kind, EventMember.PlayheadMs, MemberRule.Position, ref start, ref start.PlayheadMicroseconds);
                Put(kind, EventMember.StartupMs, MemberRule.Duration, ref start, ref start.StartupMicroseconds);
                break;
            case EventKind.Pause or EventKind.Resume or EventKind.SeekStart or EventKind.SeekEnd:
                Put(kind, EventMember.PlayheadMs, MemberRule.Position, ref playhead, ref playhead.PlayheadMicroseconds);
                break;
            case EventKind.BufferStart or EventKind.BufferEnd:
                var buffer = default(BufferPayload);
                Put(kind, EventMember.DurationMs, MemberRule.Duration, ref buffer, ref buffer.DurationMicroseconds);
                Put(kind, EventMember.Reason, MemberRule.Choice, ref buffer, ref buffer.Reason);
                break;
            case EventKind.BitrateChange:
                var bitrate = default(BitratePayload);
                Put(kind, EventMember.BitrateKbps, MemberRule.Rounded, ref bitrate, ref bitrate.BitrateKbps);
                Put(kind, EventMember.Width, MemberRule.Rounded, ref bitrate, ref bitrate.Width);
                Put(kind, EventMember.Height, MemberRule.Rounded, ref bitrate, ref bitrate.Height);
                Put(kind, EventMember.MediaType, MemberRule.Choice, ref bitrate, ref bitrate.MediaType);
                break;
            case EventKind.RateChange:
                var rate = default(RatePayload);
                Put(kind, EventMember.Rate, MemberRule.Millionths, ref rate, ref rate.RateMillionths);
                break;
            case EventKind.Heartbeat:
                PlanHeartbeat(kind);
                break;
            case EventKind.Visibility:
                var visibility = default(VisibilityPayload);
                Put(kind, EventMember.Background, MemberRule.Truth, ref visibility, ref visibility.Background);
                break;
            case EventKind.TrackChange:
                var track = default(TrackPayload);
                Put(kind, EventMember.Language, MemberRule.Term, ref track, ref track.Language);
                Put(kind, EventMember.Track, MemberRule.Choice, ref track, ref track.Track);
                break;
            case EventKind.Error:
                var error = default(ErrorPayload);
                Put(kind, EventMember.Severity, MemberRule.Choice, ref error, ref error.Severity);
                Put(kind, EventMember.Category, MemberRule.Choice, ref error, ref error.Category);
                Put(kind, EventMember.Code, MemberRule.FirstText, 0);
                Put(kind, EventMember.Message, MemberRule.SecondText, 0);
                break;
            case EventKind.PlaybackEnd:
                var end = default(PlaybackEndPayload);
                Put(kind, EventMember.PlayheadMs, MemberRule.Position, ref end, ref end.PlayheadMicroseconds);
                Put(kind, EventMember.Reason, MemberRule.Choice, ref end, ref end.Reason);
                break;
        }
    }

    private static void PlanShown(EventKind kind)
    {
        var shown = default(ShownPayload);
        Put(kind, EventMember.Request, MemberRule.Request, ref shown, ref shown.Request);
        Put(kind, EventMember.Surface, MemberRule.Surface, ref shown, ref shown.Surface);
        Put(kind, EventMember.Row, MemberRule.Whole, ref shown, ref shown.Row);
        Put(kind, EventMember.Position, MemberRule.Whole, ref shown, ref shown.Position);
        Put(kind, EventMember.Propensity, MemberRule.Share, ref shown, ref shown.Propensity);
        Put(kind, EventMember.VisibleMs, MemberRule.Rounded, ref shown, ref shown.VisibleMilliseconds);
        Put(kind, EventMember.Model, MemberRule.Term, ref shown, ref shown.Model);
        Put(kind, EventMember.Policy, MemberRule.Term, ref shown, ref shown.Policy);
        Put(kind, EventMember.Offer, MemberRule.Term, ref shown, ref shown.Offer);
        Put(kind, EventMember.Weight, MemberRule.Weight, ref shown, ref shown.Weight);
        if (kind is not (EventKind.Impression or EventKind.Click))
        {
            Put(kind, EventMember.Weight, MemberRule.General, 0);
        }
    }

    private static void PlanRequest(EventKind kind)
    {
        var request = default(PlaybackRequestPayload);
        Put(kind, EventMember.Request, MemberRule.Request, ref request, ref request.Request);
        Put(kind, EventMember.Surface, MemberRule.Surface, ref request, ref request.Surface);
        Put(kind, EventMember.Row, MemberRule.Whole, ref request, ref request.Row);
        Put(kind, EventMember.Position, MemberRule.Whole, ref request, ref request.Position);
        Put(kind, EventMember.PlayheadMs, MemberRule.Position, ref request, ref request.PlayheadMicroseconds);
        Put(kind, EventMember.Autoplay, MemberRule.Truth, ref request, ref request.Autoplay);
        Put(kind, EventMember.Preload, MemberRule.Truth, ref request, ref request.Preload);
        Put(kind, EventMember.Live, MemberRule.Truth, ref request, ref request.Live);
    }

    private static void PlanHeartbeat(EventKind kind)
    {
        var heartbeat = default(HeartbeatPayload);
        Put(kind, EventMember.PlayheadMs, MemberRule.Position, ref heartbeat, ref heartbeat.PlayheadMicroseconds);
        Put(kind, EventMember.IntervalMs, MemberRule.Duration, ref heartbeat, ref heartbeat.IntervalMicroseconds);
        Put(kind, EventMember.BitrateKbps, MemberRule.Rounded, ref heartbeat, ref heartbeat.BitrateKbps);
        Put(kind, EventMember.BufferMs, MemberRule.Rounded, ref heartbeat, ref heartbeat.BufferMilliseconds);
        Put(kind, EventMember.DroppedFrames, MemberRule.Rounded, ref heartbeat, ref heartbeat.DroppedFrames);
        Put(kind, EventMember.LiveLatencyMs, MemberRule.RoundedSigned, ref heartbeat, ref heartbeat.LiveLatencyMilliseconds);
        Put(kind, EventMember.State, MemberRule.Choice, ref heartbeat, ref heartbeat.State);
    }

    private static void PlanMediaRequest(EventKind kind)
    {
        var media = default(MediaRequestPayload);
        Put(kind, EventMember.Bytes, MemberRule.RoundedLong, ref media, ref media.Bytes);
        Put(kind, EventMember.TtfbMs, MemberRule.Rounded, ref media, ref media.TtfbMilliseconds);
        Put(kind, EventMember.TtlbMs, MemberRule.Rounded, ref media, ref media.TtlbMilliseconds);
        Put(kind, EventMember.DurationMs, MemberRule.Rounded, ref media, ref media.DurationMilliseconds);
        Put(kind, EventMember.BitrateKbps, MemberRule.Rounded, ref media, ref media.BitrateKbps);
        Put(kind, EventMember.BufferMs, MemberRule.Rounded, ref media, ref media.BufferMilliseconds);
        Put(kind, EventMember.ThroughputKbps, MemberRule.Rounded, ref media, ref media.ThroughputKbps);
        Put(kind, EventMember.Weight, MemberRule.Weight, ref media, ref media.Weight);
        Put(kind, EventMember.Status, MemberRule.Status, ref media, ref media.Status);
        Put(kind, EventMember.ObjectType, MemberRule.ObjectType, ref media, ref media.ObjectType);
        Put(kind, EventMember.CacheStatus, MemberRule.CacheStatus, ref media, ref media.CacheAndMarks);
        Put(kind, EventMember.Startup, MemberRule.StartupMark, ref media, ref media.CacheAndMarks);
        Put(kind, EventMember.Starved, MemberRule.StarvedMark, ref media, ref media.CacheAndMarks);
    }

    private static void PlanAd(EventKind kind)
    {
        var ad = default(AdPayload);
        Put(kind, EventMember.Ad, MemberRule.Other, ref ad, ref ad.Ad);
        Put(kind, EventMember.Break, MemberRule.Other, ref ad, ref ad.Break);
        Put(kind, EventMember.DurationMs, MemberRule.Rounded, ref ad, ref ad.DurationMilliseconds);
        Put(kind, EventMember.Percent, MemberRule.Percent, ref ad, ref ad.Percent);
        Put(kind, EventMember.Placement, MemberRule.Choice, ref ad, ref ad.Placement);
    }

    private static void Put<TPayload, TField>(
        EventKind kind, EventMember member, MemberRule rule, ref TPayload payload, ref TField field)
        where TPayload : unmanaged, IEventPayload
        where TField : unmanaged
    {
        nint offset = Unsafe.ByteOffset(ref Unsafe.As<TPayload, byte>(ref payload), ref Unsafe.As<TField, byte>(ref field));
        Put(kind, member, rule, (byte)offset);
        ref byte blank = ref Unsafe.Add(ref Unsafe.As<EventPayload, byte>(ref Kinds[(int)kind].Blank), offset);
        switch (rule)
        {
            case MemberRule.Duration or MemberRule.Position or MemberRule.Instant or MemberRule.RoundedLong or MemberRule.MillionthsLong:
                Unsafe.WriteUnaligned(ref blank, Absent.Time);
                break;
            case MemberRule.Whole or MemberRule.Rounded or MemberRule.RoundedSigned or MemberRule.Millionths:
                Unsafe.WriteUnaligned(ref blank, Absent.Number);
                break;
            case MemberRule.Share or MemberRule.SignedShare or MemberRule.Percent:
                Unsafe.WriteUnaligned(ref blank, float.NaN);
                break;
            case MemberRule.Weight:
                Unsafe.WriteUnaligned(ref blank, 1f);
                break;
        }
    }

    private static void Put(EventKind kind, EventMember member, MemberRule rule, byte offset)
    {
        ChoiceTexts? choices = MemberTable.ChoicesOf(member, kind);
        byte least = (byte)(choices is null || choices.Holds(0) ? 0 : 1);
        int most = least;
        while (choices is not null && choices.Holds(most))
        {
            most++;
        }

        Steps[((int)kind * Stride) + (int)member] = new Step(rule, offset, least, (byte)most, (byte)MemberTable.FieldOf(member));
    }

    /// <summary>
    /// A rule, where in the payload its result goes, of a choice the values from the least to before the end, and the member of the schema.
    /// </summary>
    [StructLayout(LayoutKind.Sequential, Size = sizeof(ulong))]
    internal readonly record struct Step(MemberRule Rule, byte Offset, byte Least, byte End, byte Field);

    /// <summary>The payload in which nothing is given, and what must be.</summary>
    internal struct KindPlan
    {
        public EventPayload Blank;
        public FieldSet Required;
        public FieldSet OneOf;
        public bool IsKnown;

        /// <summary>Whether all members are there that the kind must have.</summary>
        public readonly bool IsComplete(FieldSet present) =>
            Required.Except(present).IsEmpty && (OneOf.IsEmpty || OneOf.Overlaps(present));
    }
}
