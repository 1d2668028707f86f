using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions.Inspection;

namespace StreamSense.Core.Sessions;

/// <summary>How much of the time between two events of a playing view counts as playing.</summary>
internal static class GapRule
{
    /// <summary>The most that is credited, by what was known before the later event.</summary>
    public static long Gap(in ViewRow view, SessionLimits limits)
    {
        if (!view.Has(ViewFlags.HeartbeatSeen))
        {
            return limits.UnmonitoredSilence;
        }

        return view.Interval == Absent.Time
            ? limits.GapWithoutInterval
            : Math.Max(limits.MinimumGap, 3 * Math.Min(view.Interval, long.MaxValue / 3));
    }

    /// <summary>The credit for a time since the last event.</summary>
    /// <param name="view">The view.</param>
    /// <param name="elapsed">The time since its last event.</param>
    /// <param name="playheadAtEnd">The playhead that the later event itself carries, or <see cref="Absent.Time"/>.</param>
    /// <param name="limits">The thresholds.</param>
    /// <param name="rule">Why it is that much.</param>
    public static long Credit(in ViewRow view, long elapsed, long playheadAtEnd, SessionLimits limits, out CreditRule rule)
    {
        long gap = Gap(view, limits);
        if (elapsed <= gap)
        {
            rule = CreditRule.WithinGap;
            return elapsed;
        }

        if (playheadAtEnd == Absent.Time || view.LastPlayhead == Absent.Time)
        {
            rule = CreditRule.Gap;
            return gap;
        }

        rule = CreditRule.PlayheadAdvance;

        Int128 advance = (Int128)playheadAtEnd - view.LastPlayhead;
        if (advance <= 0)
        {
            return 0;
        }

        // At rate 0 the media stands still: any advance of it is more than the gap.
        Int128 time = view.RateMillionths == 0 ? gap : advance * ViewRow.NormalRate / view.RateMillionths;
        return (long)Int128.Min(time, gap);
    }
}
