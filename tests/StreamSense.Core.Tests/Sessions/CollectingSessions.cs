using StreamSense.Core.Sessions;

namespace StreamSense.Core.Tests.Sessions;

/// <summary>Keeps the sessions in force: what was added and not retracted.</summary>
internal sealed class CollectingSessions : IPlaybackSessionConsumer
{
    internal List<PlaybackSession> All { get; } = [];

    internal List<WatchedRange[]> Watched { get; } = [];

    internal int Retracted { get; private set; }

    internal PlaybackSession Only => Assert.Single(All);

    /// <summary>The runs of the only session, in seconds.</summary>
    internal string Runs =>
        string.Join(' ', Watched[All.IndexOf(Only)].Select(run => $"{run.FromMicroseconds / 1e6}-{run.ToMicroseconds / 1e6}"));

    public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        All.Add(session);
        Watched.Add(watched.ToArray());
    }

    public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        PlaybackSession retracted = session;
        int place = All.FindIndex(known => known.View == retracted.View && known.Version == retracted.Version);
        Assert.True(place >= 0, "A session was retracted that had not been added.");
        Assert.Equal(All[place], retracted);
        Assert.Equal(Watched[place], watched.ToArray());
        All.RemoveAt(place);
        Watched.RemoveAt(place);
        Retracted++;
    }
}
