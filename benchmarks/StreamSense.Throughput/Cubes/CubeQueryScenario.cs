using StreamSense.Core.Events;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Core.Sessions.Titles;
using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput.Cubes;

/// <summary>How long a question takes while another thread adds sessions as fast as it can.</summary>
/// <remarks>Both are filled with the same sessions first; the writer adds to the one that is asked.</remarks>
public sealed class CubeQueryScenario : IScenario
{
    private const int Top = 10;
    private const int Filled = 400_000;

    /// <inheritdoc/>
    public string Name => "cube-query";

    /// <inheritdoc/>
    public string Summary => "snapshots and queries while sessions are added at full speed";

    /// <inheritdoc/>
    public bool IsLong => true;

    /// <inheritdoc/>
    public ScenarioResult Run(RunOptions options)
    {
        var vocabulary = new Vocabulary();
        using var cube = new MetricCube(vocabulary, new TitleTable(vocabulary));
        var dictionaries = new DictionaryCube();
        var toCube = new SessionStream(vocabulary);
        var toDictionaries = new SessionStream(vocabulary);
        for (int i = 0; i < Filled; i++)
        {
            cube.Add(toCube.Next(), []);
            dictionaries.Add(toDictionaries.Next());
        }

        using var writer = new BusyWriter();
        writer.Add(() => cube.Add(toCube.Next(), []));
        writer.Add(() => dictionaries.Add(toDictionaries.Next()));
        return new LatencyRunner(options).Run(this,
        [
            new LatencyCase(
                "snapshot", [new LatencyContender("MetricCube", () => writer.While(0, () => cube.Snapshot().Groupings.Count))], Proof: 4),
            new LatencyCase(
                "top 10 titles of an hour",
                [
                    new LatencyContender("MetricCube", () => writer.While(0, () => TopTitles(cube))),
                    new LatencyContender("LINQ under a lock", () => writer.While(1, () => dictionaries.TopTitles(Top))),
                ],
                Top),
        ]);
    }

    private static int TopTitles(MetricCube cube)
    {
        CubeSnapshot snapshot = cube.Snapshot();
        EventTime newest = snapshot.Query(new CubeQuery { Level = CubeLevel.Minute })[0].To!.Value;
        return snapshot.Query(new CubeQuery
        {
            Level = CubeLevel.Minute,
            From = newest - TimeSpan.FromHours(1),
            By = [CubeDimension.Title],
            Top = Top,
        }).Count;
    }
}
