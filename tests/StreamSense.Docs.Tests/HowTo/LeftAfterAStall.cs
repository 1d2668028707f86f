#region docs/how-to/write-a-metric.md
using StreamSense.Core.Sessions;
#endregion

namespace StreamSense.Docs.Tests.HowTo;

#region docs/how-to/write-a-metric.md
/// <summary>The share of plays that had a stall and were left within their first minute.</summary>
public sealed class LeftAfterAStall : IPlaybackSessionConsumer
{
    private long _plays;
    private long _left;

    /// <summary>From 0 to 1; null without plays.</summary>
    public double? Share => Interlocked.Read(ref _plays) is > 0 and var plays ? (double)Interlocked.Read(ref _left) / plays : null;

    public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => Count(session, 1);

    public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => Count(session, -1);

    private void Count(in PlaybackSession session, int times)
    {
        if (session.IsPlay)
        {
            bool left = session.Stalls > 0 && session.Times.Watch < 60_000_000;   // times of a session are microseconds
            Interlocked.Add(ref _plays, times);
            Interlocked.Add(ref _left, left ? times : 0);
        }
    }
}
#endregion
