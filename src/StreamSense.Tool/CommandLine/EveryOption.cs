using System.CommandLine;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Tool.Cubes;

namespace StreamSense.Tool.CommandLine;

/// <summary><c>--every</c>: the length of the windows.</summary>
internal static class EveryOption
{
    /// <summary>Creates the option; its value is null where it is not given.</summary>
    public static Option<CubeLevel?> Create() => new("--every")
    {
        Description = "Has a row for each window of this length, in UTC. Without it there is one for all the time.",
        HelpName = string.Join('|', WindowLength.All.Select(length => length.Name)),
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (DurationText.TryParse(text, out TimeSpan duration)
                && WindowLength.All.FirstOrDefault(length => length.Length == duration) is { } found)
            {
                return found.Level;
            }

            result.AddError($"there are no windows of '{text}': --every is 10s, 1m, 1h or 1d");
            return null;
        },
    };
}
