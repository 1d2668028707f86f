using System.CommandLine;
using StreamSense.Core.Metrics;

namespace StreamSense.Tool.CommandLine;

/// <summary><c>--sections</c>: what a report says beside quality.</summary>
internal static class SectionsOption
{
    /// <summary>Creates the option; its value is null where it is not given.</summary>
    public static Option<ReportSections?> Create() => new("--sections")
    {
        Description = "What the JSON says beside quality, by comma: engagement, retention (long), audience, conversion, delivery, "
            + "social, subscriptions, all or none. Without it, all but retention.",
        HelpName = "NAMES",
        CustomParser = result =>
        {
            string text = string.Join(',', result.Tokens.Select(token => token.Value));
            if (Enum.TryParse(text, ignoreCase: true, out ReportSections sections) && (sections & ~ReportSections.All) == 0)
            {
                return sections;
            }

            result.AddError($"'{text}' names no sections: take of engagement, retention, audience, conversion, delivery, social, "
                + "subscriptions, all, none, with commas between them");
            return ReportSections.None;
        },
    };
}
