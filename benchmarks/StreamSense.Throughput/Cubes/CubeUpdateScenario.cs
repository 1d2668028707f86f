using StreamSense.Core.Events;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Core.Sessions;
using StreamSense.Core.Sessions.Titles;
using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput.Cubes;

/// <summary>What a session costs the shard's thread: the whole and four dimensions at four levels.</summary>
public sealed class CubeUpdateScenario : IScenario
{
    private long _plays;

    /// <inheritdoc/>
    public string Name => "cube-update";

    /// <inheritdoc/>
    public string Summary => "closed sessions into the sums of four dimensions at four lengths of window";

    /// <inheritdoc/>
    public ScenarioResult Run(RunOptions options)
    {
        var vocabulary = new Vocabulary();
        using var cube = new MetricCube(vocabulary, new TitleTable(vocabulary));
        var dictionaries = new DictionaryCube();
        var toCube = new SessionStream(vocabulary);
        var toDictionaries = new SessionStream(vocabulary);
        var update = new ThroughputCase(
            "default groupings",
            [
                new Contender("MetricCube", sessions => Add(cube, toCube, sessions)),
                new Contender("Dictionary of objects", sessions => Add(dictionaries, toDictionaries, sessions)),
            ],
            static sessions => sessions,
            Threads: 1)
        {
            Step = 20_000,
        };
        return new ThroughputRunner(options).Run(this, [update]);
    }

    private long Add(MetricCube cube, SessionStream stream, long sessions)
    {
        long before = _plays;
        for (long i = 0; i < sessions; i++)
        {
            PlaybackSession session = stream.Next();
            cube.Add(session, []);
        }

        // One snapshot a run: each makes the writer copy what it touches next.
        _plays = PlaysOf(cube);
        return _plays - before;
    }

    private static long Add(DictionaryCube cube, SessionStream stream, long sessions)
    {
        long before = cube.Attempts;
        for (long i = 0; i < sessions; i++)
        {
            PlaybackSession session = stream.Next();
            cube.Add(session);
        }

        return cube.Attempts - before;
    }

    // By days, of which none expires while it is measured.
    private static long PlaysOf(MetricCube cube) => cube.Snapshot().Query(new CubeQuery { Level = CubeLevel.Day })[0].Metrics.EndedPlays;
}
