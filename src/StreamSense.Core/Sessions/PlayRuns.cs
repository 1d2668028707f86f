namespace StreamSense.Core.Sessions;

/// <summary>Tells the play time between events that change nothing as one run: a heartbeat then adds to one number, not many.</summary>
/// <remarks>
/// A run waits in the row of its view, and is told before anything changes that its credit depends on: bitrate, rate, background and
/// groups. Sums are of integers, so that one run gives the bits that its parts would.
/// </remarks>
internal sealed class PlayRuns(ISessionObserver observer)
{
    /// <summary>The end of runs that may not wait.</summary>
    public const long Never = long.MinValue;

    /// <summary>Adds play time, which lies behind all that was added before.</summary>
    public void Add(ref ViewRow view, long start, long length)
    {
        if (start != view.RunEnd)
        {
            Tell(ref view);
            view.RunStart = start;
        }

        view.RunEnd = start + length;
        if (view.RunEnd > view.RunUntil)
        {
            Tell(ref view);
            view.RunUntil = observer.WaitUntil(view.Groups, view.RunEnd);
        }
    }

    /// <summary>Tells what waits.</summary>
    public void Tell(ref ViewRow view)
    {
        if (view.Waiting == 0)
        {
            return;
        }

        CreditedTime run = RunOf(view);
        view.Times.Add(run);
        view.RunStart = view.RunEnd;
        observer.OnTime(run);
    }

    /// <summary>Tells what waits, before a change of groups: what comes next belongs to others.</summary>
    public void End(ref ViewRow view)
    {
        Tell(ref view);
        view.RunUntil = Never;
    }

    /// <summary>Puts what waits in a copy of a row into its times; the row itself tells it.</summary>
    public static void Settle(ref ViewRow copy)
    {
        copy.Times.Add(RunOf(copy));
        copy.RunStart = copy.RunEnd;
        copy.RunUntil = Never;
    }

    private static CreditedTime RunOf(in ViewRow view) => new(
        ViewState.Playing,
        view.RunStart,
        view.Waiting,
        view.Groups,
        view.Kbps,
        view.RateMillionths,
        view.Has(ViewFlags.Background));
}
