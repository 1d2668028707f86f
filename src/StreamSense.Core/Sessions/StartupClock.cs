using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Sessions;

/// <summary>Takes the startup times of a view: from its first request without preload to its first frames.</summary>
/// <remarks>Source: CTA-2066 <c>initialStartupTime</c>, with the invalidation by seek, pause and background of its review.</remarks>
internal sealed class StartupClock(ISessionObserver observer)
{
    /// <summary>
    /// The request that makes an attempt; a player that is paused, seeking or in the background then has no startup time.
    /// </summary>
    public static void OnRequest(ref ViewRow view, long time)
    {
        view.RequestTime = time;
        if (view.Has(ViewFlags.Paused | ViewFlags.SeekOpen | ViewFlags.Background))
        {
            view.Set(ViewFlags.StartupSpoiled);
        }
        else
        {
            view.Clear(ViewFlags.StartupSpoiled);
        }
    }

    /// <summary>A seek, a pause or the background before the content frame.</summary>
    public static void OnDistraction(ref ViewRow view)
    {
        if (!view.Has(ViewFlags.Started))
        {
            view.Set(ViewFlags.StartupSpoiled);
        }
    }

    /// <summary>An ad's first frame.</summary>
    public void OnAdFrame(ref ViewRow view, long time)
    {
        if (!view.Has(ViewFlags.Started | ViewFlags.AdSeen))
        {
            TakeStartup(ref view, time);
        }

        view.Set(ViewFlags.AdSeen);
    }

    /// <summary>The first content frame; the view is not yet marked as started.</summary>
    public void OnContentFrame(ref ViewRow view, long time)
    {
        if (!view.Has(ViewFlags.AdSeen))
        {
            TakeStartup(ref view, time);
        }

        if (view.RequestTime == Absent.Time)
        {
            view.Set(ViewFlags.StartedUnrequested);
        }
        else if (IsTimed(view))
        {
            TakeContentStartup(ref view, time - view.RequestTime - view.Times.Ad);
        }
    }

    /// <summary>The player's own figure, which serves both startups of a view that started without a request.</summary>
    public void OnPlayersFigure(ref ViewRow view, long startupMicroseconds)
    {
        if (startupMicroseconds < 0 || !view.Has(ViewFlags.StartedUnrequested))
        {
            return;
        }

        if (view.Startup == Absent.Time)
        {
            view.Startup = startupMicroseconds;
            observer.OnStartup(startupMicroseconds);
        }

        if (view.ContentStartup == Absent.Time)
        {
            TakeContentStartup(ref view, startupMicroseconds);
        }
    }

    private static bool IsTimed(in ViewRow view) => view.RequestTime != Absent.Time && !view.Has(ViewFlags.StartupSpoiled);

    private void TakeStartup(ref ViewRow view, long time)
    {
        if (IsTimed(view) && time >= view.RequestTime)
        {
            view.Startup = time - view.RequestTime;
            observer.OnStartup(view.Startup);
        }
    }

    private void TakeContentStartup(ref ViewRow view, long startup)
    {
        if (startup >= 0)
        {
            view.ContentStartup = startup;
            observer.OnContentStartup(startup);
        }
    }
}
