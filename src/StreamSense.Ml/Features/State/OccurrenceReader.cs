using System.Runtime.CompilerServices;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features.Rules;

namespace StreamSense.Ml.Features.State;

/// <summary>Says events, facts of views and sessions as <see cref="Occurrence"/>s.</summary>
/// <remarks>Writer side.</remarks>
internal sealed class OccurrenceReader(Vocabulary vocabulary, Catalogue catalogue, StallMemory stalls)
{
    private const double SecondsPerMicrosecond = 1e-6;
    private const double SecondsPerMillisecond = 1e-3;
    private const double ShortestPlaySeconds = 30;
    private const double ShortestPlayShare = 0.1;

    /// <summary>Reads an event.</summary>
    public void Read(in StreamEvent source, out Occurrence occurrence)
    {
        ref readonly EventContext context = ref vocabulary.Contexts[source.Context];
        Begin(source.Kind, source.Time, source.Title, context, out occurrence);
        occurrence.Viewer = source.Viewer;
        occurrence.Household = source.Household;
        occurrence.Device = source.Device;
        occurrence.View = source.View;
        occurrence.Visit = source.Visit;
        occurrence[SignalText.Cdn] = source.Cdn;
        ReadPayload(source, ref occurrence);
    }

    /// <summary>Reads a fact of a view.</summary>
    public void Read(in ViewFact fact, out Occurrence occurrence)
    {
        FeatureSignal signal = fact.Kind switch
        {
            ViewFactKind.Requested => FeatureSignal.ViewRequested,
            ViewFactKind.FirstFrame => FeatureSignal.ViewStarted,
            ViewFactKind.Progress => FeatureSignal.ViewProgress,
            _ => FeatureSignal.ViewEnded,
        };
        Begin(signal, fact.Time, fact.Title, vocabulary.Contexts[fact.Context], out occurrence);
        occurrence.Consent = fact.Consent;
        occurrence.Viewer = fact.Viewer;
        occurrence.Household = fact.Household;
        occurrence.Device = fact.Device;
        occurrence.View = fact.View;
        occurrence.Visit = fact.Visit;
        occurrence[SignalText.Cdn] = fact.Cdn;
        if (fact.Kind != ViewFactKind.Ended || fact.PlayMicroseconds <= 0)
        {
            return;
        }

        TimeSpan? duration = fact.Live ? null : occurrence.Info?.Duration;
        if (duration is { } length && fact.PlayheadMicroseconds != Absent.Time)
        {
            occurrence[SignalValue.WatchedShare] = Math.Clamp(fact.PlayheadMicroseconds / length.TotalMicroseconds, 0, 1);
        }

        double watch = fact.WatchMicroseconds * SecondsPerMicrosecond;
        SetEnd(ref occurrence, fact.PlayMicroseconds * SecondsPerMicrosecond, watch, fact.Reason, duration);
    }

    /// <summary>Reads a session, or what a session that is taken back had added.</summary>
    public void Read(in PlaybackSession session, bool retracts, out Occurrence occurrence)
    {
        Begin(FeatureSignal.Session, session.Ended, session.Title, vocabulary.Contexts[session.Context], out occurrence);
        occurrence.Retracts = retracts;
        occurrence.Viewer = session.Viewer;
        occurrence.Household = session.Household;
        occurrence.Device = session.Device;
        occurrence.View = session.View;
        occurrence.Visit = session.Visit;
        occurrence[SignalText.Cdn] = session.Cdn;
        occurrence[SignalValue.Stalls] = session.Stalls;
        occurrence[SignalValue.StallSeconds] = session.Times.Rebuffering * SecondsPerMicrosecond;
        if (session.StartupMicroseconds != Absent.Time)
        {
            occurrence[SignalValue.StartupSeconds] = session.StartupMicroseconds * SecondsPerMicrosecond;
        }

        if (session.IsCompletable && session.DurationMicroseconds > 0)
        {
            double share = (double)session.WatchedContentMicroseconds / session.DurationMicroseconds;
            occurrence[SignalValue.WatchedShare] = Math.Clamp(share, 0, 1);
        }

        if (session.IsPlay)
        {
            TimeSpan? duration = session.IsCompletable ? TimeSpan.FromMicroseconds(session.DurationMicroseconds) : null;
            double watch = session.Times.Watch * SecondsPerMicrosecond;
            SetEnd(ref occurrence, session.Times.Playing * SecondsPerMicrosecond, watch, session.Reason, duration);
        }
    }

    private void Begin(FeatureSignal signal, EventTime time, TitleId title, in EventContext context, out Occurrence occurrence)
    {
        Unsafe.SkipInit(out occurrence);
        ((Span<double>)occurrence.Numbers).Fill(double.NaN);
        occurrence.Symbols = default;
        occurrence.Signal = signal;
        occurrence.Time = time;
        occurrence.Title = title;
        occurrence.Visit = default;
        occurrence.Context = context;
        occurrence.Consent = context.Consent;
        occurrence.Retracts = false;
        occurrence.Info = title.IsNone ? null : catalogue.Find(title);
        occurrence[SignalValue.One] = 1;
        occurrence[SignalValue.Weight] = 1;
        occurrence[SignalText.Country] = context.Country;
        occurrence[SignalText.DeviceKind] = context.DeviceKind;
        occurrence[SignalText.App] = context.App;
        occurrence[SignalText.Source] = context.Source;
    }

    private void SetEnd(ref Occurrence occurrence, double play, double watch, EndReason reason, TimeSpan? duration)
    {
        bool completed = reason == EndReason.Completed;
        double shortest = duration is { } length
            ? Math.Min(ShortestPlaySeconds, length.TotalSeconds * ShortestPlayShare)
            : ShortestPlaySeconds;
        double early = !completed && play < shortest ? 1 : 0;
        bool byStall = !completed && stalls.IsShadowed(occurrence.View, occurrence.Time);
        occurrence[SignalValue.PlaySeconds] = play;
        occurrence[SignalValue.WatchSeconds] = watch;
        occurrence[SignalValue.Completed] = completed ? 1 : 0;
        occurrence[SignalValue.EarlyExit] = early;
        occurrence[SignalValue.LeftByStall] = byStall ? 1 : 0;
        occurrence[SignalValue.Disliked] = byStall ? double.NaN : early;
    }

    private static void ReadPayload(in StreamEvent source, ref Occurrence occurrence)
    {
        if (ShownPayload.Holds(source.Kind))
        {
            ref readonly ShownPayload shown = ref source.ReadPayload<ShownPayload>();
            occurrence[SignalValue.Position] = NumberOf(shown.Position);
            occurrence[SignalValue.VisibleSeconds] = NumberOf(shown.VisibleMilliseconds) * SecondsPerMillisecond;
            occurrence[SignalText.Surface] = shown.Surface;
            if ((source.Flags & EventFlags.Weighted) != 0)
            {
                occurrence[SignalValue.Weight] = shown.Weight;
            }
        }
        else if (SubscriptionPayload.Holds(source.Kind))
        {
            ref readonly SubscriptionPayload payment = ref source.ReadPayload<SubscriptionPayload>();
            occurrence[SignalText.Plan] = payment.Plan;
            occurrence[SignalValue.Amount] = payment.AmountMillionths == Absent.Time ? double.NaN : payment.AmountMillionths / 1e6;
        }
        else if (ReactionPayload.Holds(source.Kind))
        {
            occurrence[SignalText.Action] = source.ReadPayload<ReactionPayload>().Action;
            occurrence[SignalText.Network] = source.ReadPayload<ReactionPayload>().Network;
        }
        else if (ListPayload.Holds(source.Kind))
        {
            occurrence[SignalText.List] = source.ReadPayload<ListPayload>().List;
        }
        else if (RatingPayload.Holds(source.Kind))
        {
            ref readonly RatingPayload rating = ref source.ReadPayload<RatingPayload>();
            double range = rating.Maximum - rating.Minimum;
            occurrence[SignalValue.Rating] = range > 0 ? Math.Clamp((rating.Value - rating.Minimum) / range, 0, 1) : double.NaN;
        }
        else if (SocialPayload.Holds(source.Kind))
        {
            ref readonly SocialPayload mention = ref source.ReadPayload<SocialPayload>();
            occurrence[SignalText.Network] = mention.Network;
            occurrence[SignalValue.Polarity] = mention.Polarity;
            occurrence[SignalValue.Engagement] =
                CountOf(mention.Likes) + CountOf(mention.Replies) + CountOf(mention.Shares);
        }
        else if (PlaybackRequestPayload.Holds(source.Kind))
        {
            occurrence[SignalText.Surface] = source.ReadPayload<PlaybackRequestPayload>().Surface;
            occurrence[SignalValue.Position] = NumberOf(source.ReadPayload<PlaybackRequestPayload>().Position);
        }
        else if (MediaRequestPayload.Holds(source.Kind) && (source.Flags & EventFlags.Weighted) != 0)
        {
            occurrence[SignalValue.Weight] = source.ReadPayload<MediaRequestPayload>().Weight;
        }
    }

    private static double NumberOf(int number) => number == Absent.Number ? double.NaN : number;

    private static double CountOf(int number) => number == Absent.Number ? 0 : number;
}
