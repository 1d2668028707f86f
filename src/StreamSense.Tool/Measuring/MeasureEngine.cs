using StreamSense.Core.Admission;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Failures;
using StreamSense.Core.Metrics;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;
using StreamSense.Core.Windows;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Measuring;

/// <summary>The stages of the SDK that a run goes through, put together for a closed set.</summary>
internal sealed class MeasureEngine : IDisposable
{
    private const int Titles = 1 << 20;
    private const int Views = 1 << 22;

    private readonly FailedEventFiles? _failed;

    /// <summary>Puts the stages together.</summary>
    public MeasureEngine(MeasureOptions options)
    {
        var vocabulary = new Vocabulary(titleCapacity: Titles);
        Vocabulary = vocabulary;

        // Without a file pseudonyms live as long as the run: nothing of them is printed.
        PseudonymKey key = ToolKey.Load(options.KeyFile);
        Pseudonymizer = new Pseudonymizer(key);
        _failed = FailedFolder.Open(options.FailedFolder, options.KeyFile, key);
        Set = new ClosedSet(vocabulary, new ClosedSetOptions
        {
            Lateness = options.Lateness is { } after ? LatenessPolicy.Drop(after) : LatenessPolicy.AcceptAll,
        });
        Sessions = new SessionStage(
            vocabulary,
            SessionOptions,
            new MetricsOptions { WindowCount = 0, MaxGroupValues = Titles });
        Dimension = options.By switch
        {
            null => MetricsDimension.None,
            "title" => MetricsDimension.Title,
            "cdn" => MetricsDimension.Cdn,
            "country" => MetricsDimension.Country,
            "deviceKind" => MetricsDimension.DeviceKind,
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.By, "There is no such dimension."),
        };
        Records = new SourceReader(options.Format, new SourceContext(vocabulary, Pseudonymizer, Set)
        {
            MapFile = options.MapFile,
            Failed = _failed is null ? null : new FailedEvents(store: _failed),
        });
    }

    /// <summary>The names of titles and dimensions.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>Makes the pseudonyms.</summary>
    public Pseudonymizer Pseudonymizer { get; }

    /// <summary>How events become states.</summary>
    public SessionOptions SessionOptions { get; } = new() { MaxViews = Views };

    /// <summary>Reads the records of the inputs.</summary>
    public SourceReader Records { get; }

    /// <summary>Holds the events, and puts them in order.</summary>
    public ClosedSet Set { get; }

    /// <summary>Measures them.</summary>
    public SessionStage Sessions { get; }

    /// <summary>What the report is cut by.</summary>
    public MetricsDimension Dimension { get; }

    /// <inheritdoc/>
    public void Dispose() => _failed?.Dispose();
}
