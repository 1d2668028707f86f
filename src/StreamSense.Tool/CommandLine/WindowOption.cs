using System.CommandLine;

namespace StreamSense.Tool.CommandLine;

/// <summary><c>--every</c> of <c>measure</c>: the length of the windows of a report.</summary>
internal static class WindowOption
{
    /// <summary>Creates the option; its value is null where it is not given.</summary>
    public static Option<TimeSpan?> Create() => new("--every")
    {
        Description = "Also measures each window of this length, in UTC from midnight: 10s, 5m, 1h, 1d. Seconds count where they pass, "
            + "attempts where they are requested, plays at their first frame, the rest of a view at its end.",
        HelpName = "D",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (DurationText.TryParse(text, out TimeSpan length) && length >= TimeSpan.FromSeconds(1))
            {
                return length;
            }

            result.AddError($"'{text}' is no length of a window for --every: write 10s, 5m, 1h or 1d, at least 1s.");
            return null;
        },
    };
}
