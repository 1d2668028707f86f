using StreamSense.Core.Admission;
using StreamSense.Core.Buffering;
using StreamSense.Core.Metrics;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Core.Windows;
using StreamSense.Tool.Inputs;
using StreamSense.Tool.Measuring;

namespace StreamSense.Tool.Cubes;

/// <summary>The views of files, in a cube.</summary>
internal sealed class FileCube
{
    // As many cells as the views need: they are fewer than the events, which are in memory, too.
    private const int NoBoundOfCells = 1 << 28;
    private const int MostWindows = 1_000_000;

    private FileCube(CubeSnapshot snapshot, CubeShape shape, MeasureEngine engine, IReadOnlyList<string> notes)
    {
        Snapshot = snapshot;
        Totals = engine.Totals;
        Names = engine.Records.Names;

        // Also those whose values no filter can tell any more.
        OtherAttempts = shape.Dimensions.Count == 0
            ? 0
            : snapshot.Query(new CubeQuery { Level = shape.Level, By = shape.Dimensions })
                .Where(row => row.Values.Any(value => value.IsOther))
                .Sum(row => row.Metrics.Attempts);
        Notes = OtherAttempts == 0
            ? notes
            : [.. notes, $"too many values: {OtherAttempts} attempts are in 'other' (--max-values {shape.MaxValues})"];
    }

    /// <summary>The cube.</summary>
    public CubeSnapshot Snapshot { get; }

    /// <summary>What became of the records.</summary>
    public ReportTotals Totals { get; }

    /// <summary>The names of the inputs.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What a reader should know, a line each: rejected records, and what there was no room for.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>How many attempts are under <c>other</c>, since there was no room for their values.</summary>
    public long OtherAttempts { get; }

    /// <summary>Reads files into a cube.</summary>
    /// <param name="input">What to read.</param>
    /// <param name="shape">What to keep.</param>
    /// <param name="standardInput">What <c>-</c> stands for.</param>
    /// <param name="progress">Is told how far it has come; null if nobody asks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">An input cannot be read, or has too many events or windows.</exception>
    public static FileCube Read(
        MeasureOptions input, CubeShape shape, Stream standardInput, IMeasureProgress? progress, CancellationToken cancellationToken)
    {
        using var engine = new MeasureEngine(input);
        engine.Records.ReadAll(
            input.Files, standardInput, total => progress?.Begin(total), bytes => progress?.Read(bytes), cancellationToken);
        AdmissionTotals totals = engine.Set.Totals;
        using var cube = new MetricCube(engine.Vocabulary, engine.Catalogue, OptionsOf(shape, totals));
        SessionStage stage = engine.CreateStage(cube);
        engine.Set.DeliverTitles(engine.Catalogue);
        engine.Set.Deliver(
            new CubeFeed(cube, stage),
            progress is null ? null : new DeliveryProgress(progress, totals.Accepted),
            cancellationToken);
        stage.CloseAll();
        return new FileCube(cube.Snapshot(), shape, engine, [.. engine.Records.Notes, .. NotesOf(cube, stage)]);
    }

    // Windows of one length, as many as the events span; a first frame may be known to be a little older than the first event.
    private static CubeOptions OptionsOf(CubeShape shape, in AdmissionTotals totals)
    {
        TimeSpan length = WindowLength.Of(shape.Level).Length;
        long windows = 2 + (long)Math.Ceiling(TimeSpan.FromDays(1) / length);
        if (totals is { From: { } from, To: { } to })
        {
            var cut = new TumblingWindows(length);
            windows += cut.IndexOf(to) - cut.IndexOf(from);
            if (windows > MostWindows)
            {
                string span = FormattableString.Invariant($"the events span {(to - from).TotalDays:N0} days");
                throw new InputException($"{span}, too long for windows of {WindowLength.Of(shape.Level).Name}; take longer ones");
            }
        }

        TimeSpan kept = length * windows;
        TimeSpan Of(CubeLevel level) => level == shape.Level ? kept : TimeSpan.Zero;
        return new CubeOptions
        {
            Groupings = shape.Dimensions.Count == 0 ? [] : [new CubeGrouping([.. shape.Dimensions]) { MaxValues = shape.MaxValues }],
            TenSecondRetention = Of(CubeLevel.TenSeconds),
            MinuteRetention = Of(CubeLevel.Minute),
            HourRetention = Of(CubeLevel.Hour),
            DayRetention = Of(CubeLevel.Day),
            MaxCellsPerLevel = NoBoundOfCells,
        };
    }

    private static IEnumerable<string> NotesOf(MetricCube cube, SessionStage stage)
    {
        if (MeasureEngine.NoteOf([stage]) is { } evicted)
        {
            yield return evicted;
        }

        if (cube.TooOld > 0)
        {
            yield return $"too far before the first event: {cube.TooOld} times a view had no window";
        }

        if (cube.ForgottenPlans > 0)
        {
            yield return $"too many viewers with plans: {cube.ForgottenPlans} were forgotten";
        }
    }

    // As a pipeline does it: what is said of plans holds for the views that close with the same batch.
    private sealed class CubeFeed(MetricCube cube, SessionStage stage) : IEventConsumer
    {
        public void Consume(in EventBatch batch)
        {
            cube.Consume(batch);
            stage.Consume(batch);
        }
    }
}
