using System.CommandLine;
using System.CommandLine.Parsing;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Tool.Measuring;

namespace StreamSense.Tool.CommandLine;

/// <summary>The arguments of commands that put views of files into a cube.</summary>
internal sealed class CubeArguments
{
    private const int UsualMaxValues = 100_000;

    private readonly InputArguments _inputs;
    private readonly Option<IReadOnlyList<CubeFilter>?> _where;
    private readonly Option<TimeSpan?> _lateness = LatenessOption.Create();
    private readonly Option<int> _maxValues = NumberOption.Create(
        "--max-values",
        "How many values, or combinations of them, a window keeps apart; more go to 'other' and are counted.",
        UsualMaxValues,
        1,
        int.MaxValue);

    private readonly Option<bool> _parallel = new("--parallel")
    {
        Description = "Uses every core. The sums are the same to the bit; only NDJSON is also read in parallel.",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Prints one JSON object and nothing else." };

    /// <summary>Adds the arguments to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="purpose">What it does with the files: <c>group</c>.</param>
    public CubeArguments(Command command, string purpose)
    {
        _inputs = new InputArguments(command, purpose);
        _where = new Option<IReadOnlyList<CubeFilter>?>("--where")
        {
            Description = "Takes only views with this value, 'country=DE'; 'country=' takes those without. Given several times, values of "
                + "one dimension are alternatives.",
            HelpName = "DIMENSION=VALUE",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result => ParseFilters(result),
        };
        command.Options.Add(_where);
        command.Options.Add(_lateness);
        command.Options.Add(_maxValues);
        command.Options.Add(_parallel);
        command.Options.Add(_json);
    }

    /// <summary>What to read.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="damaged">Is told of inputs whose ends cannot be read.</param>
    public MeasureOptions Input(ParseResult parsed, DamagedInputs damaged) =>
        _inputs.ToMeasure(parsed, damaged) with
        {
            Lateness = parsed.GetValue(_lateness),
            Threads = parsed.GetValue(_parallel) ? Environment.ProcessorCount : 1,
        };

    /// <summary>What views to take.</summary>
    public IReadOnlyList<CubeFilter> Where(ParseResult parsed) => parsed.GetValue(_where) ?? [];

    /// <summary>How many values a window keeps apart.</summary>
    public int MaxValues(ParseResult parsed) => parsed.GetValue(_maxValues);

    /// <summary>Whether to print JSON.</summary>
    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    private static List<CubeFilter>? ParseFilters(ArgumentResult result)
    {
        var filters = new List<CubeFilter>();
        foreach (Token token in result.Tokens)
        {
            int equals = token.Value.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                result.AddError($"'{token.Value}' is nothing for --where: write a dimension and a value, country=DE");
                return null;
            }

            string name = token.Value[..equals];
            string value = token.Value[(equals + 1)..];
            if (DimensionNames.Named(name) is not { } dimension)
            {
                result.AddError($"'{name}' is no dimension for --where: it takes {string.Join(", ", DimensionNames.All)}");
                return null;
            }

            filters.Add(new CubeFilter(dimension, value.Length > 0 ? value : null));
        }

        return filters;
    }
}
