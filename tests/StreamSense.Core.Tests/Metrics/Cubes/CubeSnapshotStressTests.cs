using StreamSense.Core.Events;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Core.Sessions;
using StreamSense.Core.Sessions.Titles;
using StreamSense.Core.Tests.Buffering;

namespace StreamSense.Core.Tests.Metrics.Cubes;

public sealed class CubeSnapshotStressTests
{
    [Fact]
    public void Snapshot_WhileTheWriterWritesAtFullSpeed_IsNeverTornAndNeverGoesBack()
    {
        var vocabulary = new Vocabulary();
        List<PlaybackSession> sessions = new RandomSessions(vocabulary, 12).Take(2_000);
        sessions.Sort((a, b) => a.Ended.CompareTo(b.Ended));
        var options = new CubeOptions { TenSecondRetention = TimeSpan.FromMinutes(20) };
        using var cube = new MetricCube(vocabulary, new TitleTable(vocabulary), options);
        bool stop = false;
        long snapshots = 0;
        void Read()
        {
            long last = 0;
            while (!Volatile.Read(ref stop))
            {
                CubeSnapshot snapshot = cube.Snapshot();
                CubeInvariant.Check(snapshot, [CubeDimension.Title, CubeDimension.Country, CubeDimension.Cdn, CubeDimension.DeviceKind]);
                long attempts = snapshot.Query(new CubeQuery { Level = CubeLevel.Day })[0].Metrics.Attempts;
                Assert.True(attempts >= last);
                last = attempts;
                Interlocked.Increment(ref snapshots);
            }
        }

        Threads.Run(
            () =>
            {
                try
                {
                    for (int round = 0; round < 60 || (Interlocked.Read(ref snapshots) < 30 && round < 3_000); round++)
                    {
                        foreach (PlaybackSession session in sessions)
                        {
                            cube.Add(session, []);
                        }
                    }
                }
                finally
                {
                    Volatile.Write(ref stop, true);
                }
            },
            Read,
            Read);

        Assert.True(snapshots > 0);
        CubeInvariant.Check(cube.Snapshot(), [CubeDimension.Title]);
    }

    [Fact]
    public void Snapshot_OfAnIdleCube_DoesNotWaitForTheWriter()
    {
        var vocabulary = new Vocabulary();
        using var cube = new MetricCube(vocabulary, new TitleTable(vocabulary));
        cube.Add(new RandomSessions(vocabulary, 13).Next(), []);
        for (int i = 0; i < 1_000; i++)
        {
            Assert.Equal(1, cube.Snapshot().Query(new CubeQuery { Level = CubeLevel.Day })[0].Metrics.Attempts);
        }
    }
}
