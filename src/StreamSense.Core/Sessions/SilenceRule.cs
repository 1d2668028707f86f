namespace StreamSense.Core.Sessions;

/// <summary>How long a view may be silent before it counts as ended at its last event.</summary>
internal static class SilenceRule
{
    /// <summary>The list of the views that have the same limit as this one.</summary>
    public static ViewListKind ListOf(in ViewRow view)
    {
        if (!view.Has(ViewFlags.HeartbeatSeen))
        {
            return ViewListKind.OpenUnmonitored;
        }

        return view.State == ViewState.Paused ? ViewListKind.OpenPaused : ViewListKind.Open;
    }

    public static long LimitOf(ViewListKind list, SessionLimits limits) => list switch
    {
        ViewListKind.OpenUnmonitored => limits.UnmonitoredSilence,
        ViewListKind.OpenPaused => limits.PausedSilence,
        _ => limits.Silence,
    };

    /// <summary>Whether a view whose next sign comes at a time had ended before it.</summary>
    public static bool HasEndedBefore(in ViewRow view, long time, SessionLimits limits) =>
        time > view.Last + LimitOf(ListOf(view), limits);
}
