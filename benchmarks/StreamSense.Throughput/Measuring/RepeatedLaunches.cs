namespace StreamSense.Throughput.Measuring;

/// <summary>Measures a scenario again in further processes and takes the median of them all.</summary>
/// <remarks>
/// Where objects come to lie and on which core a thread begins is decided once a process and can make code that contends for a lock twice
/// as fast for as long as it lives: more rounds of one process say nothing about that.
/// </remarks>
public static class RepeatedLaunches
{
    /// <summary>The median of a result and of further launches; its least and greatest figures are those of them all.</summary>
    /// <remarks>A launch that met too little quiet is tried again, as often as there shall be launches.</remarks>
    /// <param name="first">What this process has measured.</param>
    /// <param name="options">How long to measure, and how many launches there are in all.</param>
    public static ScenarioResult AddTo(ScenarioResult first, RunOptions options)
    {
        var quiet = new List<ScenarioResult>();
        ScenarioResult? noisy = null;
        ScenarioResult next = first;
        for (int tries = 1; ; tries++)
        {
            if (next.IsEvaluated)
            {
                quiet.Add(next);
            }
            else
            {
                noisy = next;
            }

            if (quiet.Count == options.Launches)
            {
                return first with { Rows = MedianOf(quiet), QuietRounds = first.WantedRounds, Launches = options.Launches };
            }

            if (tries == 2 * options.Launches)
            {
                return noisy!;
            }

            next = Launch.Repeat(first, options);
        }
    }

    private static List<ResultRow> MedianOf(List<ScenarioResult> results) =>
        [.. results[0].Rows.Select((_, i) => MedianOf(results.ConvertAll(result => result.Rows[i])))];

    private static ResultRow MedianOf(List<ResultRow> rows) =>
        rows[0] with
        {
            Figures =
            [
                .. rows[0].Figures.Select((figure, i) => figure with { Value = Of(figure.Name, rows.Select(row => row.Figures[i].Value)) }),
            ],
            Ratio = Middle.Of(rows.Select(row => row.Ratio)),
        };

    private static double Of(string figure, IEnumerable<double> values) =>
        figure switch
        {
            Figure.Lowest => values.Min(),
            Figure.Highest => values.Max(),
            _ => Middle.Of(values),
        };
}
