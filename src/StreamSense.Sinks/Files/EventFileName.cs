using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace StreamSense.Sinks.Files;

/// <summary>The name of a data file: <c>events-20260101T000000-000001.ndjson</c>.</summary>
/// <remarks>The number gives the order; the time (of the file's creation, UTC) is for people, since clocks go back.</remarks>
/// <param name="Number">The running number in the directory, from 1.</param>
/// <param name="Text">The name.</param>
internal readonly record struct EventFileName(long Number, string Text) : IComparable<EventFileName>
{
    private const string Prefix = "events-";
    private const string Suffix = ".ndjson";
    private const string TimeFormat = "yyyyMMdd'T'HHmmss";
    private const int TimeLength = 15;

    /// <summary>The name of the file beside it that says how much of it is committed.</summary>
    public string Sidecar => Text + ".commit";

    public static EventFileName Create(DateTimeOffset createdAt, long number)
    {
        string time = createdAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        return new EventFileName(number, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{time}-{number:D6}{Suffix}"));
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out EventFileName? name)
    {
        name = null;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || !text.EndsWith(Suffix, StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> middle = text.AsSpan(Prefix.Length, Math.Max(0, text.Length - Prefix.Length - Suffix.Length));
        if (middle.Length < TimeLength + 2
            || middle[TimeLength] != '-'
            || !DateTime.TryParseExact(
                middle[..TimeLength], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            || !long.TryParse(middle[(TimeLength + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            return false;
        }

        name = new EventFileName(number, text);
        return true;
    }

    public int CompareTo(EventFileName other)
    {
        int byNumber = Number.CompareTo(other.Number);
        return byNumber != 0 ? byNumber : string.CompareOrdinal(Text, other.Text);
    }
}
