using System.Globalization;
using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput;

/// <summary>The commands: list, run all, run some.</summary>
public sealed class CommandLine(IReadOnlyList<IScenario> scenarios)
{
    /// <summary>Runs what the arguments say.</summary>
    /// <returns>
    /// 0; 1 where a ratio lies below its floor (not with --json, whose reader judges); 2 where the arguments make no sense.
    /// </returns>
    public int Run(string[] args, TextWriter output, TextWriter errors)
    {
        var wanted = new List<IScenario>();
        var options = new RunOptions();
        string? json = null;
        bool narrower = false;
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "list":
                    foreach (IScenario scenario in scenarios)
                    {
                        output.WriteLine($"{scenario.Name,-24} {scenario.Summary}");
                    }

                    return 0;
                case "all":
                    wanted.AddRange(scenarios.Where(scenario => !scenario.IsLong));
                    break;
                case "--short":
                    options = RunOptions.Short with { Write = options.Write, Launches = options.Launches };
                    break;
                case "--vectors":
                    narrower = true;
                    break;
                case "--json" when i + 1 < args.Length:
                    json = args[++i];
                    break;
                case "--write":
                    options = options with { Write = true };
                    break;
                case "--rounds" when i + 1 < args.Length
                    && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int rounds) && rounds > 0:
                    options = options with { Rounds = rounds };
                    i++;
                    break;
                case "--launches" when i + 1 < args.Length
                    && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int launches) && launches > 0:
                    options = options with { Launches = launches };
                    i++;
                    break;
                default:
                    IScenario? named = scenarios.FirstOrDefault(scenario => scenario.Name == args[i]);
                    if (named is null)
                    {
                        errors.WriteLine($"'{args[i]}' is neither a scenario nor an option.");
                        return Usage(errors);
                    }

                    wanted.Add(named);
                    break;
            }
        }

        if (wanted.Count == 0 || (json is not null && wanted.Count > 1))
        {
            return Usage(errors);
        }

        return MeasureAll(wanted, options, narrower || (json is null && !options.IsShort), json, output, errors) ? 0 : 1;
    }

    private static bool MeasureAll(
        List<IScenario> wanted, RunOptions options, bool narrowerToo, string? json, TextWriter output, TextWriter errors)
    {
        bool reached = true;
        foreach (IScenario scenario in wanted)
        {
            ScenarioResult result = Measure(scenario, options, narrowerToo);
            output.Write(ResultTable.Format(result));
            if (json is not null)
            {
                // Another process asked for the figures; it judges them.
                ResultFile.WriteJson(json, result);
            }
            else if (!Judge(result, errors))
            {
                // Neighbours on the same processor take caches and memory without a trace in any counter. A loss of our own stays.
                errors.WriteLine($"{scenario.Name} is measured once more; that run decides.");
                result = Measure(scenario, options, narrowerToo);
                output.Write(ResultTable.Format(result));
                reached &= Judge(result, errors);
            }

            if (options.Write)
            {
                output.WriteLine($"written: {ResultFile.Write(result)}");
            }
        }

        return reached;
    }

    private static ScenarioResult Measure(IScenario scenario, RunOptions options, bool narrowerToo)
    {
        ScenarioResult result = scenario.Run(options);
        result = options.Launches > 1 ? RepeatedLaunches.AddTo(result, options) : result;
        return scenario.DependsOnVectors && narrowerToo ? NarrowerRuns.AddTo(result, options) : result;
    }

    private static bool Judge(ScenarioResult result, TextWriter errors)
    {
        bool reached = true;
        foreach (ResultRow row in result.BelowFloor)
        {
            errors.WriteLine(
                $"{result.Scenario}, {row.Case}, {row.Contender}: the ratio {row.Ratio:F2} is below its floor of {row.Floor:F2}.");
            reached = false;
        }

        return reached;
    }

    private static int Usage(TextWriter errors)
    {
        errors.WriteLine(
            "usage: StreamSense.Throughput list | (all | SCENARIO...) [--short] [--rounds N] [--launches N] [--vectors] [--json FILE] [--write]");
        return 2;
    }
}
