using StreamSense.Core.Admission;
using StreamSense.Core.Events;
using StreamSense.Core.Metrics;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;
using StreamSense.Core.Windows;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Measuring;

/// <summary>The stages of the SDK that a run goes through, put together for a closed set.</summary>
internal sealed class MeasureEngine
{
    private const int Titles = 1 << 20;
    private const int Views = 1 << 22;

    /// <summary>Puts the stages together.</summary>
    public MeasureEngine(MeasureOptions options)
    {
        var vocabulary = new Vocabulary(titleCapacity: Titles);

        // Pseudonyms live as long as the run: nothing of them is printed.
        var pseudonymizer = new Pseudonymizer(PseudonymKey.CreateRandom());
        Set = new ClosedSet(vocabulary, new ClosedSetOptions
        {
            Lateness = options.Lateness is { } after ? LatenessPolicy.Drop(after) : LatenessPolicy.AcceptAll,
        });
        Sessions = new SessionStage(
            vocabulary,
            new SessionOptions { MaxViews = Views },
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
        Records = new SourceReader(options.Format, new SourceContext(vocabulary, pseudonymizer, Set) { MapFile = options.MapFile });
    }

    /// <summary>Reads the records of the inputs.</summary>
    public SourceReader Records { get; }

    /// <summary>Holds the events, and puts them in order.</summary>
    public ClosedSet Set { get; }

    /// <summary>Measures them.</summary>
    public SessionStage Sessions { get; }

    /// <summary>What the report is cut by.</summary>
    public MetricsDimension Dimension { get; }
}
