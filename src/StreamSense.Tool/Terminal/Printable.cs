using Spectre.Console.Rendering;

namespace StreamSense.Tool.Terminal;

/// <summary>Text from the input, made safe to print: a title must not be able to move the cursor.</summary>
internal static class Printable
{
    private const char Replacement = '\uFFFD';
    private const string Ellipsis = "…";

    /// <summary>The text without control characters.</summary>
    public static string Of(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? Replacement : c)) : text;

    /// <summary>The text without control characters, cut to a width.</summary>
    /// <param name="text">The text.</param>
    /// <param name="columns">How many columns it may take on a terminal.</param>
    public static string Of(string text, int columns)
    {
        string safe = Of(text);
        return new Segment(safe).CellCount() <= columns
            ? safe
            : Segment.Truncate(new Segment(safe), columns - Ellipsis.Length)?.Text + Ellipsis;
    }
}
