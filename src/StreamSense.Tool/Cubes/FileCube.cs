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
        engine.Set.DeliverTitles(engine.Catalogue);
        CubeOptions options = OptionsOf(shape, totals);
        (CubeSnapshot Snapshot, List<string> Notes)? filled = input.Threads > 1
            ? FillInParts(engine, shape, options, input.Threads, totals.Accepted, progress, cancellationToken)
            : null;
        filled ??= Fill(engine, options, totals.Accepted, progress, cancellationToken);
        return new FileCube(filled.Value.Snapshot, shape, engine, [.. engine.Records.Notes, .. filled.Value.Notes]);
    }

    private static (CubeSnapshot Snapshot, List<string> Notes) Fill(
        MeasureEngine engine, CubeOptions options, long events, IMeasureProgress? progress, CancellationToken cancellationToken)
    {
        using var feed = new CubeFeed(engine, options);
        engine.Set.Deliver(feed, progress is null ? null : new DeliveryProgress(progress, events), cancellationToken);
        return (feed.Close(), NotesOf([feed]));
    }

    // Which values have no room depends on the order of all views: then the parts are of no use, and there is null.
    private static (CubeSnapshot Snapshot, List<string> Notes)? FillInParts(
        MeasureEngine engine,
        CubeShape shape,
        CubeOptions options,
        int parts,
        long events,
        IMeasureProgress? progress,
        CancellationToken cancellationToken)
    {
        CubeFeed[] feeds = [.. Enumerable.Range(0, parts).Select(_ => new CubeFeed(engine, options))];
        try
        {
            long measured = 0;
            engine.Set.DeliverInParts(
                feeds, count => progress?.Measured(Interlocked.Add(ref measured, count), events), cancellationToken);
            CubeSnapshot[] snapshots = [.. feeds.Select(feed => feed.Close())];
            var merged = CubeSnapshot.Merge(snapshots);
            return Array.Exists(feeds, feed => feed.HasOverflowed) || HasMoreThanFits(merged, shape)
                ? null
                : (merged, NotesOf(feeds));
        }
        finally
        {
            Array.ForEach(feeds, feed => feed.Dispose());
        }
    }

    private static bool HasMoreThanFits(CubeSnapshot merged, CubeShape shape) =>
        shape.Dimensions.Count > 0
        && merged.Query(new CubeQuery { Level = shape.Level, By = shape.Dimensions, PerWindow = true })
            .CountBy(row => row.From!.Value)
            .Any(window => window.Value > shape.MaxValues);

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

    private static List<string> NotesOf(IReadOnlyList<CubeFeed> feeds)
    {
        var notes = new List<string>();
        if (MeasureEngine.NoteOf(feeds.Select(feed => feed.Stage)) is { } evicted)
        {
            notes.Add(evicted);
        }

        long tooOld = feeds.Sum(feed => feed.Cube.TooOld);
        if (tooOld > 0)
        {
            notes.Add($"too far before the first event: {tooOld} times a view had no window");
        }

        long forgotten = feeds.Sum(feed => feed.Cube.ForgottenPlans);
        if (forgotten > 0)
        {
            notes.Add($"too many viewers with plans: {forgotten} were forgotten");
        }

        return notes;
    }

    // As a pipeline does it: what is said of plans holds for the views that close with the same batch.
    private sealed class CubeFeed : IEventConsumer, IDisposable
    {
        private readonly CubeGrouping[] _groupings;

        public CubeFeed(MeasureEngine engine, CubeOptions options)
        {
            _groupings = [.. options.Groupings];
            Cube = new MetricCube(engine.Vocabulary, engine.Catalogue, options);
            Stage = engine.CreateStage(Cube);
        }

        public MetricCube Cube { get; }

        public SessionStage Stage { get; }

        public bool HasOverflowed => Array.Exists(_groupings, grouping => Cube.OverflowedOf(grouping) > 0);

        public void Consume(in EventBatch batch)
        {
            Cube.Consume(batch);
            Stage.Consume(batch);
        }

        public CubeSnapshot Close()
        {
            Stage.CloseAll();
            return Cube.Snapshot();
        }

        public void Dispose() => Cube.Dispose();
    }
}
