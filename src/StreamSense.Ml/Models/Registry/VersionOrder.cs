namespace StreamSense.Ml.Models.Registry;

/// <summary>Orders versions as people count: 2 before 10, and text by its characters.</summary>
internal sealed class VersionOrder : IComparer<string>
{
    /// <summary>The one order.</summary>
    public static VersionOrder Natural { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> left = x;
        ReadOnlySpan<char> right = y;
        while (!left.IsEmpty && !right.IsEmpty)
        {
            int order = char.IsAsciiDigit(left[0]) && char.IsAsciiDigit(right[0])
                ? CompareNumbers(ref left, ref right)
                : CompareCharacters(ref left, ref right);
            if (order != 0)
            {
                return order;
            }
        }

        int byLength = left.Length.CompareTo(right.Length);
        return byLength != 0 ? byLength : string.CompareOrdinal(x, y);
    }

    private static int CompareCharacters(ref ReadOnlySpan<char> left, ref ReadOnlySpan<char> right)
    {
        int order = left[0].CompareTo(right[0]);
        left = left[1..];
        right = right[1..];
        return order;
    }

    private static int CompareNumbers(ref ReadOnlySpan<char> left, ref ReadOnlySpan<char> right)
    {
        ReadOnlySpan<char> leftDigits = Digits(ref left);
        ReadOnlySpan<char> rightDigits = Digits(ref right);
        int byLength = leftDigits.Length.CompareTo(rightDigits.Length);
        return byLength != 0 ? byLength : leftDigits.SequenceCompareTo(rightDigits);
    }

    // Without leading zeros the longer of two numbers is the greater.
    private static ReadOnlySpan<char> Digits(ref ReadOnlySpan<char> text)
    {
        int length = text.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> digits = length < 0 ? text : text[..length];
        text = text[digits.Length..];
        return digits.TrimStart('0');
    }
}
