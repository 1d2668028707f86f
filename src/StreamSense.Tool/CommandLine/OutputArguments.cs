using System.CommandLine;
using StreamSense.Tool.Converting;

namespace StreamSense.Tool.CommandLine;

/// <summary>The arguments by which commands are told where events go, and how they are written.</summary>
internal sealed class OutputArguments
{
    private readonly Option<string> _file;
    private readonly Option<string> _format;

    /// <summary>Adds the arguments to a command.</summary>
    /// <param name="command">The command.</param>
    public OutputArguments(Command command)
    {
        _file = new Option<string>("--out")
        {
            Description = "Where the events go; '-' is standard output.",
            HelpName = "FILE",
            Required = true,
        };
        _format = new Option<string>("--to")
        {
            Description = "How the events are written.",
            HelpName = string.Join('|', EventOutput.Names),
            DefaultValueFactory = _ => EventOutput.Ndjson,
        };
        _format.AcceptOnlyFromAmong([.. EventOutput.Names]);
        command.Options.Add(_file);
        command.Options.Add(_format);
    }

    /// <summary>Where the events go.</summary>
    public string File(ParseResult parsed) => parsed.GetRequiredValue(_file);

    /// <summary>How they are written: one of <see cref="EventOutput.Names"/>.</summary>
    public string Format(ParseResult parsed) => parsed.GetRequiredValue(_format);
}
