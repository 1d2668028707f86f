using System.Text.Json;
using StreamSense.Core.Admission;
using StreamSense.Core.Metrics;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Measuring;

/// <summary>One run of <c>measure</c>: reads every input into one closed set, then measures it in its resolved order.</summary>
internal sealed class Measurement : IDisposable
{
    private readonly MeasureOptions _options;
    private readonly MeasureEngine _engine;
    private readonly ProfileAnswer _profiles;
    private readonly List<string> _notes = [];

    private Measurement(MeasureOptions options)
    {
        _options = options;
        _engine = new MeasureEngine(options);
        _profiles = new ProfileAnswer(options.Profile, options.Against);
    }

    /// <summary>Measures.</summary>
    /// <param name="options">What to measure.</param>
    /// <param name="standardInput">What <c>-</c> stands for.</param>
    /// <param name="progress">Is told how far it has come; null if nobody asks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">An input cannot be read, or there are too many events.</exception>
    public static MeasureReport Run(
        MeasureOptions options, Stream standardInput, IMeasureProgress? progress, CancellationToken cancellationToken)
    {
        using var run = new Measurement(options);
        run._engine.Records.ReadAll(
            options.Files, standardInput, total => progress?.Begin(total), bytes => progress?.Read(bytes), cancellationToken);
        run.Measure(progress, cancellationToken);
        ReadOnlyMemory<byte> json = run.Json();
        return new MeasureReport(json, run._engine.Records.Names, options.By, [.. run._engine.Records.Notes, .. run._notes])
        {
            Profiles = run._profiles.Lines,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    private void Measure(IMeasureProgress? progress, CancellationToken cancellationToken)
    {
        AdmissionTotals totals = _engine.Set.Totals;
        _engine.Set.DeliverTitles(_engine.Stages[0].Titles);
        if (_engine.Stages.Count == 1)
        {
            _engine.Set.Deliver(
                _engine.Sessions,
                progress is null ? null : new DeliveryProgress(progress, totals.Accepted),
                cancellationToken);
        }
        else
        {
            long measured = 0;
            _engine.Set.DeliverInParts(
                _engine.Stages,
                count => progress?.Measured(Interlocked.Add(ref measured, count), totals.Accepted),
                cancellationToken);
        }

        foreach (SessionStage stage in _engine.Stages)
        {
            stage.CloseAll();
        }

        NoteOverflows();
    }

    // What a table had no room for is in the totals, but not under its own name.
    private void NoteOverflows()
    {
        long overflowed = _engine.Stages.Sum(stage => stage.OverflowedValues);
        if (overflowed > 0)
        {
            _notes.Add($"too many values to cut by: {overflowed} times one went to 'other'");
        }

        if (MeasureEngine.NoteOf(_engine.Stages) is { } note)
        {
            _notes.Add(note);
        }
    }

    // "Now" in a file is its last event, of whatever kind.
    private ReadOnlyMemory<byte> Json() => MeasureReport.Write(writer =>
    {
        MetricsSnapshot snapshot = MetricsSnapshot.Merge(_engine.Stages.Select(stage => stage.Snapshot()), _engine.Set.Totals.To);
        MetricsReportWriter.WriteReport(writer, snapshot, _engine.Totals, _engine.Dimension, more: more =>
        {
            WriteAccessLog(more);
            _profiles.Write(more, snapshot.Profiles);
        }, sections: _options.Sections, windows: _options.Every is null ? 0 : int.MaxValue);
    });

    private void WriteAccessLog(Utf8JsonWriter writer)
    {
        if (_engine.Records.Ingest is { } ingest && AccessLogReport.Of(ingest) is { } totals)
        {
            AccessLogReport.Write(writer, totals);
            _notes.Add(AccessLogReport.Say(totals));
        }
    }
}
