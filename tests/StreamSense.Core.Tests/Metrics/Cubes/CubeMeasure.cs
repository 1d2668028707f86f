using System.Text;
using StreamSense.Core.Admission;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Metrics;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions.Titles;

namespace StreamSense.Core.Tests.Metrics.Cubes;

/// <summary>Canonical lines as one closed set, through decoder, order, sessions and a cube.</summary>
internal sealed class CubeMeasure : IEventConsumer
{
    private readonly SessionStage _stage;

    private CubeMeasure(Vocabulary vocabulary, CubeOptions options, IViewerSegments? segments)
    {
        Vocabulary = vocabulary;
        Titles = new TitleTable(vocabulary);
        Cube = new MetricCube(vocabulary, Titles, options, segments);
        _stage = new SessionStage(vocabulary, sessions: Cube);
    }

    public Vocabulary Vocabulary { get; }

    public TitleTable Titles { get; }

    public MetricCube Cube { get; }

    public MetricsSnapshot Metrics => MetricsSnapshot.Merge([_stage.Snapshot()]);

    public static CubeMeasure Run(IEnumerable<string> lines, CubeOptions options, Func<Vocabulary, IViewerSegments>? segments = null)
    {
        var vocabulary = new Vocabulary();
        var set = new ClosedSet(vocabulary);
        var pseudonyms = new Pseudonymizer(PseudonymKey.FromSecret(Encoding.UTF8.GetBytes(new string('k', 32))));
        var ingest = new NdjsonIngest(
            new NdjsonDecoder(vocabulary, pseudonyms, new NdjsonOptions { TrustReceived = true }), set);
        ingest.Begin();
        foreach (string line in lines)
        {
            ingest.Feed(Encoding.UTF8.GetBytes(line + "\n"));
        }

        ingest.Complete();
        var measure = new CubeMeasure(vocabulary, options, segments?.Invoke(vocabulary));
        set.DeliverTitles(measure.Titles);
        set.DeliverTitles(measure._stage.Titles);
        set.Deliver(measure);
        measure._stage.CloseAll();
        return measure;
    }

    public void Consume(in EventBatch batch)
    {
        Cube.Consume(batch);
        _stage.Consume(batch);
    }

    /// <summary>Attempts by the names of a grouping; the unknown is <c>-</c>.</summary>
    public Dictionary<string, long> Attempts(params CubeDimension[] by) => Cube.Snapshot()
        .Query(new CubeQuery { Level = CubeLevel.Day, By = by })
        .ToDictionary(row => string.Join('/', row.Values.Select(value => value.Name ?? "-")), row => row.Metrics.Attempts);
}
