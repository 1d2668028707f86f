using System.CommandLine;
using System.CommandLine.Parsing;

namespace StreamSense.Tool.CommandLine;

/// <summary><c>--lateness</c>: takes the lines as a stream in order of arrival.</summary>
internal static class LatenessOption
{
    /// <summary>Creates the option.</summary>
    public static Option<TimeSpan?> Create() => new("--lateness")
    {
        Description = "Takes the lines as a stream in order of arrival, and counts as late what lies further behind than this: "
            + "30s, 5m, 1h, 00:05:00, or plain seconds. Without it nothing is late.",
        HelpName = "D",
        CustomParser = Parse,
    };

    private static TimeSpan? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (DurationText.TryParse(text, out TimeSpan duration))
        {
            return duration;
        }

        result.AddError($"'{text}' is no duration for --lateness: write 30s, 5m, 1h, 00:05:00 or plain seconds.");
        return null;
    }
}
