using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace StreamSense.Tool.CommandLine;

/// <summary>Options that take a number within bounds, and say which where they are given something else.</summary>
internal static class NumberOption
{
    /// <summary>Creates an option.</summary>
    /// <param name="name">Its name: <c>--k</c>.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="usual">What it is unless given.</param>
    /// <param name="least">The least that it takes.</param>
    /// <param name="most">The most that it takes; the greatest there is for no bound.</param>
    public static Option<T> Create<T>(string name, string description, T usual, T least, T most)
        where T : struct, INumber<T>, IMinMaxValue<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => usual,
            CustomParser = result => Parse(result, name, least, most) ?? usual,
        };

    /// <summary>Creates an option that may be left away.</summary>
    /// <param name="name">Its name: <c>--seed</c>.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="least">The least that it takes; null for no bound.</param>
    public static Option<T?> CreateOptional<T>(string name, string description, T? least = null)
        where T : struct, INumber<T>, IMinMaxValue<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result => Parse(result, name, least ?? T.MinValue, T.MaxValue),
        };

    private static T? Parse<T>(ArgumentResult result, string name, T least, T most)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        string text = result.Tokens[0].Value;
        if (T.TryParse(text, CultureInfo.InvariantCulture, out T value) && value >= least && value <= most)
        {
            return value;
        }

        string range = most == T.MaxValue && least != T.MinValue ? "or more" : string.Create(CultureInfo.InvariantCulture, $"to {most}");
        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is {least} {range}, not '{text}'"));
        return null;
    }
}
