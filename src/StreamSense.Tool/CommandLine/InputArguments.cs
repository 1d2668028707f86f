using System.CommandLine;
using System.CommandLine.Parsing;
using StreamSense.Tool.Inputs;
using StreamSense.Tool.Measuring;

namespace StreamSense.Tool.CommandLine;

/// <summary>The arguments by which commands are told what to read (files, format, mapping) and where records go that fail.</summary>
internal sealed class InputArguments
{
    private readonly Option<string> _format;
    private readonly Option<string?> _map;
    private readonly Option<string?> _failed;
    private readonly Option<string?> _key;
    private readonly Argument<string[]> _files;

    /// <summary>Adds the arguments to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="purpose">What it does with the files: <c>measure</c>.</param>
    public InputArguments(Command command, string purpose)
    {
        _format = new Option<string>("--format")
        {
            Description = "How the files are written: "
                + string.Join("; ", SourceFormats.All.Select(format => $"{format.Name}: {format.Says}")) + ".",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => SourceFormats.Ndjson,
        };
        _format.AcceptOnlyFromAmong([.. SourceFormats.Names]);
        _map = new Option<string?>("--map")
        {
            Description = "The mapping file of --format mapped.",
            HelpName = "FILE",
        };
        _failed = new Option<string?>("--failed")
        {
            Description = "Keeps records that fail in this folder, sealed under --key; 'streamsense failed' reads it.",
            HelpName = "FOLDER",
        };
        _key = new Option<string?>("--key")
        {
            Description = "The file of the key that makes pseudonyms; created if it is not there.",
            HelpName = "FILE",
        };
        _files = new Argument<string[]>("FILE")
        {
            Description = $"Files to {purpose}, as they are or in gzip; '-' is standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        command.Options.Add(_format);
        command.Options.Add(_map);
        command.Options.Add(_failed);
        command.Options.Add(_key);
        command.Arguments.Add(_files);

        // Not a validator of the argument: to ask the value of one here would settle it before its validators are heard.
        command.Validators.Add(result =>
        {
            if (result.GetResult(_files) is { Tokens.Count: > 0 } files)
            {
                CheckFiles(files);
            }
            else
            {
                result.AddError($"no FILE to {purpose}; '-' is standard input");
            }
        });
    }

    /// <summary>The files.</summary>
    public IReadOnlyList<string> Files(ParseResult parsed) => parsed.GetRequiredValue(_files);

    /// <summary>The name of the format.</summary>
    public string Format(ParseResult parsed) => parsed.GetRequiredValue(_format);

    /// <summary>The mapping file; null if none is given.</summary>
    public string? MapFile(ParseResult parsed) => parsed.GetValue(_map);

    /// <summary>The folder of failed records; null if none is given.</summary>
    public string? FailedFolder(ParseResult parsed) => parsed.GetValue(_failed);

    /// <summary>The file of the key; null if none is given.</summary>
    public string? KeyFile(ParseResult parsed) => parsed.GetValue(_key);

    /// <summary>What to read, for commands that read as <c>measure</c> does.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="damaged">Is told of inputs whose ends cannot be read.</param>
    public MeasureOptions ToMeasure(ParseResult parsed, DamagedInputs damaged) => new()
    {
        Files = Files(parsed),
        Format = Format(parsed),
        MapFile = MapFile(parsed),
        FailedFolder = FailedFolder(parsed),
        KeyFile = KeyFile(parsed),
        Damaged = damaged.Add,
    };

    private static void CheckFiles(ArgumentResult result)
    {
        foreach (Token token in result.Tokens)
        {
            if (token.Value.StartsWith('-') && token.Value.Length > 1)
            {
                result.AddError($"there is no option '{token.Value}'; a file of that name is './{token.Value}'");
            }
        }
    }
}
