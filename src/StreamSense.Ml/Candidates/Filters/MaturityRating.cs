using System.Globalization;

namespace StreamSense.Ml.Candidates.Filters;

/// <summary>Reads maturity ratings as ages.</summary>
public static class MaturityRating
{
    private const int Adult = 18;

    // The names that are no ages, of the boards whose ratings catalogues carry most: MPA and TV Parental Guidelines (US), BBFC (GB),
    // and the letters of several countries for "everybody".
    private static readonly (string Name, int Age)[] _names =
    [
        ("G", 0), ("U", 0), ("ALL", 0), ("L", 0), ("A", 0), ("T", 0), ("TV-Y", 0), ("TV-G", 0), ("AL", 0), ("AA", 0), ("E", 0),
        ("TP", 0), ("PG", 8), ("TV-PG", 8), ("TV-Y7", 7), ("TV-Y7-FV", 7), ("M", 15), ("R", 17), ("NC-17", Adult), ("X", Adult),
        ("TV-MA", Adult), ("MA", 15), ("MA15+", 15), ("R18", Adult), ("ADULT", Adult),
    ];

    /// <summary>The age from which on a rating lets a title be seen without company.</summary>
    /// <remarks>
    /// An age alone (<c>12</c>), with words or signs around it (<c>FSK 12</c>, <c>16+</c>, <c>PG-13</c>, <c>TV-14</c>), or one of
    /// the names G, PG, R, NC-17, TV-Y to TV-MA, U and the like. <c>PG</c> reads as 8. Allocates nothing.
    /// </remarks>
    /// <param name="rating">The rating as the catalogue writes it.</param>
    /// <param name="age">The age in years.</param>
    /// <returns>False if the rating is not known: then nothing is known of the title.</returns>
    public static bool TryRead(string? rating, out int age)
    {
        age = 0;
        ReadOnlySpan<char> text = rating.AsSpan().Trim();
        foreach ((string name, int known) in _names)
        {
            if (text.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                age = known;
                return true;
            }
        }

        int start = text.IndexOfAnyInRange('0', '9');
        if (start < 0)
        {
            return false;
        }

        int length = text[start..].IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> digits = length < 0 ? text[start..] : text.Slice(start, length);
        ReadOnlySpan<char> rest = length < 0 ? [] : text[(start + length)..];

        // Two numbers are a rating of another kind than these.
        return rest.IndexOfAnyInRange('0', '9') < 0
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out age)
            && age <= 21;
    }
}
