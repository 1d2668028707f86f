using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions.Inspection;

namespace StreamSense.Core.Sessions;

/// <summary>What each kind of event does to the flags of its view, after the time before it was credited.</summary>
internal sealed class ViewTransitions(
    StallLedger ledger, PlayRuns runs, ISessionObserver observer, FactOutbox facts, ISessionTrace? trace)
{
    private const long MergedSeekMicroseconds = 2_000_000;

    private readonly StartupClock _startup = new(observer);

    /// <summary>Applies an event at the view's last time.</summary>
    /// <returns>Whether the event ends the view; the caller does that.</returns>
    public ViewEnd Apply(ref ViewRow view, in StreamEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.PlaybackRequest:
                OnRequest(ref view, e.ReadPayload<PlaybackRequestPayload>());
                break;
            case EventKind.PlaybackStart:
                ShowContent(ref view);
                _startup.OnPlayersFigure(ref view, e.ReadPayload<PlaybackStartPayload>().StartupMicroseconds);
                break;
            case EventKind.Heartbeat:
                OnHeartbeat(ref view, e.ReadPayload<HeartbeatPayload>());
                break;
            case EventKind.BitrateChange:
                ref readonly BitratePayload bitrate = ref e.ReadPayload<BitratePayload>();
                SetBitrate(ref view, bitrate.MediaType, bitrate.BitrateKbps);
                break;
            case EventKind.RateChange:
                runs.Tell(ref view);
                view.RateMillionths = e.ReadPayload<RatePayload>().RateMillionths;
                break;
            case EventKind.Error:
                ref readonly ErrorPayload error = ref e.ReadPayload<ErrorPayload>();
                return error.Severity == ErrorSeverity.Fatal
                    ? ViewEnd.By(EndReason.Error, error.Category == ErrorCategory.Business)
                    : ViewEnd.GoesOn;
            case EventKind.PlaybackEnd:
                return ViewEnd.By(e.ReadPayload<PlaybackEndPayload>().Reason);
            default:
                MoveFlags(ref view, e);
                break;
        }

        return ViewEnd.GoesOn;
    }

    private void MoveFlags(ref ViewRow view, in StreamEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.Pause:
                SpoilStartup(ref view);
                view.Pauses += view.Has(ViewFlags.Paused) ? 0 : 1;
                view.Set(ViewFlags.Paused);
                break;
            case EventKind.Resume:
                view.Clear(ViewFlags.Paused);
                break;
            case EventKind.SeekStart:
                OnSeekStart(ref view);
                break;
            case EventKind.SeekEnd:
                view.LastSeek = view.Last;
                view.Clear(ViewFlags.SeekOpen);
                break;
            case EventKind.BufferStart:
                ref readonly BufferPayload opened = ref e.ReadPayload<BufferPayload>();
                StallLedger.OpenBuffering(ref view, view.Last, opened.Reason, opened.DurationMicroseconds);
                break;
            case EventKind.BufferEnd:
                ledger.CloseByOwnEnd(ref view, e.ReadPayload<BufferPayload>().Reason);
                break;
            case EventKind.Visibility:
                OnVisibility(ref view, e.ReadPayload<VisibilityPayload>().Background);
                break;
            case EventKind.AdBreakStart:
                ledger.Overtake(ref view);
                OpenBreak(ref view, e.ReadPayload<AdPayload>().Placement);
                view.Set(ViewFlags.BreakOpen);
                break;
            case EventKind.AdStart:
                ledger.Overtake(ref view);
                OpenBreak(ref view, e.ReadPayload<AdPayload>().Placement);
                view.Ads += view.Has(ViewFlags.AdOpen) ? 0 : 1;
                _startup.OnAdFrame(ref view, view.Last);
                view.Set(ViewFlags.AdOpen);
                break;
            case EventKind.AdComplete or EventKind.AdSkip:
                view.Clear(ViewFlags.AdOpen);
                break;
            case EventKind.AdBreakEnd:
                view.Clear(ViewFlags.AdOpen | ViewFlags.BreakOpen);
                break;
            default:
                break;
        }
    }

    // Players report one gesture on the bar as many seeks.
    private void OnSeekStart(ref ViewRow view)
    {
        SpoilStartup(ref view);
        ledger.Overtake(ref view);
        if (!view.Has(ViewFlags.SeekOpen))
        {
            bool goesOn = view.LastSeek != 0 && view.Last - view.LastSeek <= MergedSeekMicroseconds;
            view.Seeks += goesOn ? 0 : 1;
            if (goesOn)
            {
                trace?.OnNote(view, ViewNote.SeekMerged);
            }
        }

        view.LastSeek = view.Last;
        view.Set(ViewFlags.SeekOpen);
    }

    private void SpoilStartup(ref ViewRow view)
    {
        if (trace is not null && !view.Has(ViewFlags.Started | ViewFlags.StartupSpoiled))
        {
            trace.OnNote(view, ViewNote.StartupSpoiled);
        }

        StartupClock.OnDistraction(ref view);
    }

    private void OnVisibility(ref ViewRow view, bool background)
    {
        runs.Tell(ref view);
        if (background)
        {
            SpoilStartup(ref view);
            view.Set(view.Has(ViewFlags.Started) ? ViewFlags.Background : ViewFlags.Background | ViewFlags.BackgroundJoin);
        }
        else
        {
            view.Clear(ViewFlags.Background);
        }
    }

    // An ad without a break is one of its own.
    private static void OpenBreak(ref ViewRow view, AdPlacement placement)
    {
        if (view.Has(ViewFlags.BreakOpen | ViewFlags.AdOpen))
        {
            return;
        }

        view.AdBreaks++;
        AdPlacement byPlace = view.Has(ViewFlags.Started) ? AdPlacement.Mid : AdPlacement.Pre;
        view.AdPlacement = placement == AdPlacement.None ? byPlace : placement;
    }

    private void OnRequest(ref ViewRow view, in PlaybackRequestPayload request)
    {
        if (request.Live)
        {
            view.Set(ViewFlags.Live);
        }

        if (request.Preload || view.Has(ViewFlags.Requested))
        {
            if (!request.Preload)
            {
                trace?.OnNote(view, ViewNote.RepeatedRequest);
            }

            return;
        }

        view.Set(request.Autoplay ? ViewFlags.Requested | ViewFlags.Autoplay : ViewFlags.Requested);
        view.Request = request.Request;
        if (!view.Has(ViewFlags.Attempted))
        {
            StartupClock.OnRequest(ref view, view.Last);
            Attempt(ref view);
        }
    }

    private void OnHeartbeat(ref ViewRow view, in HeartbeatPayload heartbeat)
    {
        view.Set(ViewFlags.HeartbeatSeen);
        switch (heartbeat.State)
        {
            case PlayerState.Playing:
                ShowContent(ref view);
                ledger.CloseOtherwise(ref view);
                view.Clear(ViewFlags.Paused | ViewFlags.SeekOpen);
                break;
            case PlayerState.Rebuffering:
                view.Clear(ViewFlags.Paused | ViewFlags.SeekOpen);
                break;
            case PlayerState.Seeking or PlayerState.Starting:
                view.Clear(ViewFlags.Paused);
                break;
            default:
                break;
        }

        if (heartbeat.BitrateKbps >= 0)
        {
            SetBitrate(ref view, MediaType.AudioVideo, heartbeat.BitrateKbps);
        }

        if (heartbeat.IntervalMicroseconds >= 0)
        {
            view.Interval = heartbeat.IntervalMicroseconds;
        }

        if (view.Has(ViewFlags.Started))
        {
            facts.Add(view, ViewFactKind.Progress, new EventTime(view.Last));
        }
    }

    private void SetBitrate(ref ViewRow view, MediaType mediaType, int kbps)
    {
        if (kbps < 0)
        {
            return;
        }

        if (!BitrateState.IsInForce(view, mediaType, kbps))
        {
            runs.Tell(ref view);
        }

        if (BitrateState.Set(ref view, mediaType, kbps) && view.State == ViewState.Playing)
        {
            view.BitrateSwitches++;
            trace?.OnNote(view, ViewNote.BitrateSwitch);
            observer.OnBitrateSwitch(view.Groups, new EventTime(view.Last));
        }
    }

    private void Attempt(ref ViewRow view)
    {
        var time = new EventTime(view.Last);
        view.AttemptTime = view.Last;
        view.Set(ViewFlags.Attempted);
        trace?.OnNote(view, ViewNote.Attempted);
        observer.OnAttempt(view.Groups, time);
        facts.Add(view, ViewFactKind.Requested, time);
    }

    private void ShowContent(ref ViewRow view)
    {
        if (view.Has(ViewFlags.Started))
        {
            return;
        }

        if (!view.Has(ViewFlags.Attempted))
        {
            Attempt(ref view);
        }

        _startup.OnContentFrame(ref view, view.Last);
        ledger.ReleaseStarting(ref view);
        view.Set(ViewFlags.Started);
        view.FirstFrameTime = view.Last;
        view.PlayGroups = view.Groups;
        trace?.OnNote(view, ViewNote.FirstFrame);
        var time = new EventTime(view.Last);
        observer.OnFirstFrame(view.Groups, time);
        facts.Add(view, ViewFactKind.FirstFrame, time);
    }
}
