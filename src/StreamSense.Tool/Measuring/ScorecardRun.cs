using StreamSense.Core.Metrics;

namespace StreamSense.Tool.Measuring;

/// <summary>One run of <c>scorecard</c>: reads every input as <c>measure</c> does, and says how good its sources are.</summary>
internal static class ScorecardRun
{
    /// <summary>Reads and judges.</summary>
    /// <param name="options">What to read.</param>
    /// <param name="standardInput">What <c>-</c> stands for.</param>
    /// <param name="progress">Is told how far it has come; null if nobody asks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Inputs.InputException">An input cannot be read, or there are too many events.</exception>
    public static Scorecard Run(
        MeasureOptions options, Stream standardInput, IMeasureProgress? progress, CancellationToken cancellationToken)
    {
        using var engine = new MeasureEngine(options);
        engine.Records.ReadAll(
            options.Files, standardInput, total => progress?.Begin(total), bytes => progress?.Read(bytes), cancellationToken);
        engine.Set.DeliverTitles(engine.Sessions.Titles);
        engine.Set.Deliver(engine.Sessions, progress: null, cancellationToken);
        engine.Sessions.CloseAll();
        return Scorecard.Of(engine.Vocabulary, engine.Set, engine.Sessions, engine.Records.Counters);
    }
}
