namespace StreamSense.Throughput.Measuring;

/// <summary>The results of a scenario and the conditions under which they came about.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Summary">What it measures.</param>
/// <param name="QuietRounds">Rounds in which the machine was quiet, the fewest of all cases and launches.</param>
/// <param name="WantedRounds">Rounds that were asked for, of each launch.</param>
/// <param name="Rows">The results.</param>
public sealed record ScenarioResult(
    string Scenario, string Summary, int QuietRounds, int WantedRounds, IReadOnlyList<ResultRow> Rows)
{
    /// <summary>How many processes measured one after another; the figures are the median of theirs.</summary>
    public int Launches { get; init; } = 1;

    /// <summary>Whether enough rounds were quiet for the ratios to mean something.</summary>
    public bool IsEvaluated => QuietRounds >= WantedRounds;

    /// <summary>The rows whose ratio is known to lie below its floor.</summary>
    public IEnumerable<ResultRow> BelowFloor => IsEvaluated ? Rows.Where(row => row.Ratio < row.Floor) : [];
}
