using System.Globalization;
using StreamSense.Core.Events;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Cubes;

/// <summary>A span of time, from an instant to before another.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it has ended.</param>
internal readonly record struct TimeRange(EventTime From, EventTime To)
{
    private const string Separator = "..";

    private static readonly string[] _formats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK"];

    /// <summary>Reads a span: <c>2026-03-01..2026-03-02</c>, or with times of day; in UTC unless it has an offset.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="InputException">It is no span.</exception>
    public static TimeRange Parse(string text)
    {
        string[] ends = text.Split(Separator);
        if (ends.Length is not 2 || Instant(ends[0]) is not { } from || Instant(ends[1]) is not { } to)
        {
            throw new InputException(
                $"'{text}' is no span of time: write 2026-03-01..2026-03-02 or 2026-03-01T20:00..2026-03-01T22:00, "
                + "or name a dimension with --by");
        }

        return from < to ? new TimeRange(from, to) : throw new InputException($"'{text}' ends before it has begun");
    }

    /// <summary>Whether an instant is in both.</summary>
    public bool Overlaps(TimeRange other) => From < other.To && other.From < To;

    private static EventTime? Instant(string text) =>
        DateTimeOffset.TryParseExact(text, _formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? EventTime.From(time)
            : null;
}
