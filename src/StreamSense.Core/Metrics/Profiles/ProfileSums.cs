using System.Runtime.CompilerServices;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics.Profiles;

/// <summary>The sum of each <see cref="ProfileTerm"/>: microseconds, counts, and billionths of a point; mergeable.</summary>
[InlineArray(ProfileTerms.Count)]
internal struct ProfileSums
{
    private const long QuickExitMicroseconds = 1_000_000;

    private Int128 _first;

    /// <summary>The sum of a term.</summary>
    public readonly Int128 Of(ProfileTerm term) => this[(int)term];

    /// <summary>Adds other sums.</summary>
    public void Add(in ProfileSums other)
    {
        for (int term = 0; term < ProfileTerms.Count; term++)
        {
            this[term] += other[term];
        }
    }

    /// <summary>Adds a session, or takes it back.</summary>
    /// <param name="session">The session.</param>
    /// <param name="sign">1 to add, -1 to take back.</param>
    public void Add(in PlaybackSession session, int sign)
    {
        Add(ProfileTerm.Attempts, sign);
        AddOutcome(session, sign);
        AddTimes(session, sign);
        AddStartup(session.StartupMicroseconds, session.ContentStartupMicroseconds, sign);
        Add(ProfileTerm.Stalls, sign * session.Stalls);
        Add(ProfileTerm.Seeks, sign * session.Seeks);
        Add(ProfileTerm.Pauses, sign * session.Pauses);
        if (session.IsPlay)
        {
            Add(ProfileTerm.Plays, sign);
            Add(ProfileTerm.StalledPlays, session.Stalls > 0 ? sign : 0);
            Add(ProfileTerm.CompletedPlays, session.Reason == EndReason.Completed ? sign : 0);
            Add(ProfileTerm.SmoothnessPoints, sign * MuxScores.Smoothness(session));
        }
    }

    private void AddOutcome(in PlaybackSession session, int sign)
    {
        switch (session.Outcome)
        {
            case ViewOutcome.StartFailure:
                Add(ProfileTerm.StartFailures, sign);
                break;
            case ViewOutcome.StartDenial:
                Add(ProfileTerm.StartDenials, sign);
                break;
            case ViewOutcome.ExitBeforeStart:
                Add(ProfileTerm.ExitsBeforeStart, sign);
                Add(ProfileTerm.QuickExits, session.Times.Starting < QuickExitMicroseconds ? sign : 0);
                break;
            case ViewOutcome.ExitInPreroll:
                Add(ProfileTerm.ExitsInPreroll, sign);
                break;
            case ViewOutcome.PlaybackFailure:
                Add(ProfileTerm.PlaybackFailures, sign);
                break;
            default:
                break;
        }
    }

    private void AddTimes(in PlaybackSession session, int sign)
    {
        ref readonly ViewTimes times = ref session.Times;
        Add(session.IsPlay ? ProfileTerm.StartingOfPlays : ProfileTerm.StartingInVain, sign * times.Starting);
        Add(ProfileTerm.Playing, sign * times.Playing);
        Add(ProfileTerm.Rebuffering, sign * times.Rebuffering);
        Add(ProfileTerm.Seeking, sign * times.Seeking);
        Add(ProfileTerm.Paused, sign * times.Paused);
        Add(ProfileTerm.Ad, sign * times.Ad);
        Add(ProfileTerm.Unknown, sign * times.Unknown);
        Add(ProfileTerm.MediaTime, sign * times.MediaTime);
        Add(ProfileTerm.BitrateTime, sign * times.BitrateTime);
    }

    private void AddStartup(long startup, long contentStartup, int sign)
    {
        if (startup != Absent.Time)
        {
            Add(ProfileTerm.StartupPoints, sign * MuxScores.Startup(startup));
        }

        if (startup != Absent.Time && contentStartup != Absent.Time)
        {
            Add(ProfileTerm.TimedStarts, sign);
            Add(ProfileTerm.Startup, sign * startup);
            Add(ProfileTerm.StartupAfterAd, sign * (contentStartup - startup));
        }
        else if (startup != Absent.Time)
        {
            Add(ProfileTerm.StartsTimedToAdOnly, sign);
            Add(ProfileTerm.StartupToAdOnly, sign * startup);
        }
        else if (contentStartup != Absent.Time)
        {
            Add(ProfileTerm.StartsTimedToContentOnly, sign);
            Add(ProfileTerm.StartupToContentOnly, sign * contentStartup);
        }
    }

    private void Add(ProfileTerm term, Int128 amount) => this[(int)term] += amount;
}
