using StreamSense.Core.Admission;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Failures;
using StreamSense.Core.Metrics;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;
using StreamSense.Core.Sessions.Titles;
using StreamSense.Core.Windows;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Measuring;

/// <summary>The stages of the SDK that a run goes through, put together for a closed set.</summary>
internal sealed class MeasureEngine : IDisposable
{
    private const int Titles = 1 << 20;
    private const int Views = 1 << 22;
    private const int MostWindows = 10_000;

    private readonly FailedEventFiles? _failed;
    private readonly MeasureOptions _options;
    private SessionStage[]? _stages;

    /// <summary>Puts the stages together.</summary>
    public MeasureEngine(MeasureOptions options)
    {
        _options = options;
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
        Catalogue = new TitleTable(vocabulary, Titles);
        Dimension = options.By switch
        {
            null => MetricsDimension.None,
            "title" => MetricsDimension.Title,
            "cdn" => MetricsDimension.Cdn,
            "country" => MetricsDimension.Country,
            "deviceKind" => MetricsDimension.DeviceKind,
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.By, "There is no such dimension."),
        };
        var context = new SourceContext(vocabulary, Pseudonymizer, Set)
        {
            MapFile = options.MapFile,
            Damaged = options.Damaged,
            Failed = _failed is null ? null : new FailedEvents(store: _failed),
        };
        Records = options.Threads > 1 && options.Format is SourceFormats.Ndjson
            ? new ParallelReader(context, options.Threads)
            : new SourceReader(options.Format, context);
    }

    /// <summary>The names of titles and dimensions.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>What is known of titles, shared by all stages.</summary>
    public TitleTable Catalogue { get; }

    /// <summary>Makes the pseudonyms.</summary>
    public Pseudonymizer Pseudonymizer { get; }

    /// <summary>How events become states.</summary>
    public SessionOptions SessionOptions { get; } = new() { MaxViews = Views };

    /// <summary>Reads the records of the inputs.</summary>
    public ISetReader Records { get; }

    /// <summary>Holds the events, and puts them in order.</summary>
    public ClosedSet Set { get; }

    /// <summary>Measure them, a part of the set each.</summary>
    public IReadOnlyList<SessionStage> Stages =>
        _stages ??= [.. Enumerable.Range(0, _options.Threads).Select(_ => CreateStage())];

    /// <summary>Measures them, where all of them are one part.</summary>
    public SessionStage Sessions => Stages.Single();

    /// <summary>What the report is cut by.</summary>
    public MetricsDimension Dimension { get; }

    /// <summary>What became of the records that were read.</summary>
    public ReportTotals Totals
    {
        get
        {
            AdmissionTotals admitted = Set.Totals;
            IngestCounters counters = Records.Counters;
            return new ReportTotals
            {
                Offered = counters.Offered,
                Accepted = admitted.Accepted,
                Duplicates = admitted.Duplicates,
                Late = admitted.Late,
                Rejected = Enum.GetValues<RejectReason>().ToDictionary(reason => reason, counters.RejectedFor),
                From = admitted.From,
                To = admitted.To,
            };
        }
    }

    /// <summary>Creates a stage that measures a part of the set, or all of it.</summary>
    /// <param name="sessions">Takes the sessions as they close; null for nobody.</param>
    /// <exception cref="InputException">The events span more windows than there may be.</exception>
    public SessionStage CreateStage(IPlaybackSessionConsumer? sessions = null) => new(
        Vocabulary,
        SessionOptions,
        new MetricsOptions
        {
            WindowCount = WindowCount,
            WindowLength = _options.Every ?? TimeSpan.FromMinutes(1),
            MaxGroupValues = Titles,
        },
        sessions: sessions,
        titles: Catalogue);

    // As many as the events span, and one for what began a little before the first.
    private int WindowCount
    {
        get
        {
            if (_options.Every is not { } length || Set.Totals is not { From: { } from, To: { } to })
            {
                return 0;
            }

            var windows = new TumblingWindows(length);
            long count = windows.IndexOf(to) - windows.IndexOf(from) + 2;
            return count <= MostWindows
                ? (int)count
                : throw new InputException(
                    $"the events span {count - 1} windows of {length}, more than {MostWindows}: take longer ones for --every");
        }
    }

    /// <summary>A line about views that stages had no room for; null if they had room for all.</summary>
    public static string? NoteOf(IEnumerable<SessionStage> stages)
    {
        long evicted = stages.Sum(stage => stage.EvictedViews);
        return evicted > 0 ? $"too many views at once: {evicted} were closed early" : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _failed?.Dispose();
}
