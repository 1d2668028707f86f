using System.CommandLine;
using StreamSense.Core.Ingest.Cmcd;
using StreamSense.Tool.Decoding;
using StreamSense.Tool.Inputs;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.CommandLine;

/// <summary><c>streamsense decode</c>: CMCD in, one JSON object a record out.</summary>
internal static class DecodeCommand
{
    private const string Query = "cmcd-query";
    private const string Headers = "cmcd-headers";
    private const string Events = "cmcd-events";

    private const string Description =
        """
        Shows what CMCD says: one JSON object a line for each record, refused ones included.

        {"version":1,"keys":{"br":3200,"ot":"v"},"warnings":["..."]} or {"rejected":"reason"}

        cmcd-query    a line is a URL, a query, CMCD=... or a value.
        cmcd-headers  blocks of header lines with an empty line between two, the request line perhaps
                      first; or one object a line: JSON, or as consoles print it: {CMCD-Request: 'su'}.
        cmcd-events   a line is a record of event mode.

        Without --strict what players get wrong is read and warned of. Exit code: 0 when the input was
        read, refused records included; 2 for wrong arguments and for a file that cannot be read to its end.

        Example:
          streamsense decode --format cmcd-query requests.log
        """;

    /// <summary>Creates the command.</summary>
    /// <param name="streams">Where it reads and writes.</param>
    public static Command Create(ToolStreams streams)
    {
        var format = new Option<string>("--format")
        {
            Description = "How the file is written.",
            HelpName = $"{Query}|{Headers}|{Events}",
            Required = true,
        };
        format.AcceptOnlyFromAmong(Query, Headers, Events);
        var strict = new Option<bool>("--strict") { Description = "Refuses every record that breaks RFC 8941." };
        var file = new Argument<string>("FILE") { Description = "The file to read, as it is or in gzip; '-' is standard input." };
        var command = new Command("decode", Description) { format, strict, file };
        command.SetAction((parsed, cancellationToken) => DamagedInputs.RunAsync(streams, damaged =>
        {
            CmcdForm form = parsed.GetRequiredValue(format) switch
            {
                Query => CmcdForm.Query,
                Headers => CmcdForm.Headers,
                _ => CmcdForm.Events,
            };
            using var printer = new ReadingPrinter(streams.Output);
            var decoder = new CmcdBodyDecoder(form, printer.Print, parsed.GetValue(strict));
            using InputFile input = InputFile.Find(parsed.GetRequiredValue(file), streams.Input);
            input.ReadToEnd(decoder.Feed, damaged.Add, cancellationToken);
            decoder.Complete();
        }));
        return command;
    }
}
