using System.Text.Json;

namespace StreamSense.Throughput.Measuring;

/// <summary>Measures a scenario again in processes whose runtime may not use the machine's widest vectors.</summary>
/// <remarks>
/// The runtime decides once, when it starts, what a processor can do: hence processes of their own. What they were left with they
/// say themselves: those that had no less than this one, or than each other, are left out (the machine has nothing wider, or a runtime of
/// another version does not know the switch).
/// </remarks>
public static class NarrowerRuns
{
    // Read by the runtime at its start; the second leaves it no vectors at all, and no other instruction that not every processor has.
    private static readonly string[] Switches = ["DOTNET_EnableAVX512", "DOTNET_EnableHWIntrinsic"];

    /// <summary>Adds the rows of the narrower runs, each behind the row that it compares with; those of baselines are left out.</summary>
    /// <param name="result">What this process has measured.</param>
    /// <param name="options">How long to measure.</param>
    public static ScenarioResult AddTo(ScenarioResult result, RunOptions options)
    {
        var seen = new HashSet<string> { Machine.Vectors };
        var runs = new List<JsonElement>();
        foreach (string name in Switches)
        {
            JsonElement run = Launch.Run(result.Scenario, options, switchedOff: name);
            if (seen.Add(VectorsOf(run)))
            {
                runs.Add(run);
            }
        }

        return runs.Count == 0 ? result : Merged(result, runs);
    }

    private static ScenarioResult Merged(ScenarioResult result, List<JsonElement> runs)
    {
        var rows = new List<ResultRow>();
        for (int i = 0; i < result.Rows.Count; i++)
        {
            ResultRow row = result.Rows[i];
            rows.Add(row);
            bool isBaseline = i == result.Rows.Count - 1 || result.Rows[i + 1].Case != row.Case;
            if (!isBaseline)
            {
                rows.AddRange(runs.SelectMany(run => RowsLike(row, run)));
            }
        }

        int quiet = runs.Min(Launch.QuietRoundsOf);
        return result with { Rows = rows, QuietRounds = Math.Min(result.QuietRounds, quiet) };
    }

    private static IEnumerable<ResultRow> RowsLike(ResultRow row, JsonElement run) =>
        Launch.RowsLike(row, run).Select(like => like with { Floor = 0, Vectors = VectorsOf(run) });

    private static string VectorsOf(JsonElement run) => run.GetProperty("machine").GetProperty("vectors").GetString()!;
}
