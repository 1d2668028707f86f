using System.Buffers;

namespace StreamSense.Ml.Models;

/// <summary>Which texts may name a model or a version: those that are the same file name on every system.</summary>
internal static class ModelName
{
    private const int LongestName = 100;

    private static readonly SearchValues<char> _allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    /// <summary>Whether a text may be a name.</summary>
    public static bool IsAllowed(string? text) =>
        text is { Length: > 0 and <= LongestName } && text[0] != '.' && text[^1] != '.' && !text.AsSpan().ContainsAnyExcept(_allowed);

    /// <summary>Refuses a text that may not be a name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="what">What it names, for the message.</param>
    /// <exception cref="ArgumentException">It may not.</exception>
    public static void Require(string? text, string what)
    {
        if (!IsAllowed(text))
        {
            throw new ArgumentException(
                $"'{text}' cannot be the {what} of a model: 1 to {LongestName} letters, digits, '.', '_' or '-', no '.' first or last.");
        }
    }
}
