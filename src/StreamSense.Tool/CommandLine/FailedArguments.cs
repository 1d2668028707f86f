using System.CommandLine;
using StreamSense.Core.Ingest;
using StreamSense.Tool.Failures;

namespace StreamSense.Tool.CommandLine;

/// <summary>The arguments by which commands are told which failed records they are about.</summary>
internal sealed class FailedArguments
{
    private readonly Argument<string> _folder;
    private readonly Option<string?> _key;
    private readonly Option<string?> _reason;
    private readonly Option<string?> _format;

    /// <summary>Adds the arguments to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="keyIsRequired">Whether it can do nothing without the bytes of the records.</param>
    public FailedArguments(Command command, bool keyIsRequired)
    {
        _folder = new Argument<string>("FOLDER") { Description = "The folder of the failed records." };
        _key = new Option<string?>("--key")
        {
            Description = "The file of the key of the pseudonyms, which opens the bytes of the records.",
            HelpName = "FILE",
            Required = keyIsRequired,
        };
        _reason = new Option<string?>("--reason") { Description = "Only those that failed for this reason.", HelpName = "REASON" };
        _reason.AcceptOnlyFromAmong([.. Enum.GetNames<RejectReason>()]);
        _format = new Option<string?>("--format") { Description = "Only those of this format.", HelpName = "FORMAT" };
        command.Arguments.Add(_folder);
        command.Options.Add(_key);
        command.Options.Add(_reason);
        command.Options.Add(_format);
    }

    /// <summary>What was asked for.</summary>
    public FailedSelection Of(ParseResult parsed) => new()
    {
        Folder = parsed.GetRequiredValue(_folder),
        KeyFile = parsed.GetValue(_key),
        Reason = parsed.GetValue(_reason),
        Format = parsed.GetValue(_format),
    };
}
