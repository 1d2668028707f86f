using System.Collections.Immutable;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Features.Segments;

/// <summary>The viewers of a book as rows of numbers, for clusters.</summary>
/// <remarks>Immutable. Counts and hours as ln(1 + n), so that a few heavy viewers do not make clusters of their own.</remarks>
public sealed class ViewerVectors
{
    private const double MicrosecondsPerHour = 3_600_000_000.0;
    private const double MicrosecondsPerDay = 24 * MicrosecondsPerHour;

    private ViewerVectors(ImmutableArray<ViewerId> viewers, ReadOnlyMemory<float> rows)
    {
        Viewers = viewers;
        Rows = rows;
    }

    /// <summary>What the columns are.</summary>
    public static ImmutableArray<string> ColumnNames { get; } =
        ["plays", "watch_hours", "hours_a_play", "days_since_play", "days_since_first", "amount"];

    /// <summary>The viewers, in ascending order of ids.</summary>
    public ImmutableArray<ViewerId> Viewers { get; }

    /// <summary>Their rows, one after the other; NaN = missing.</summary>
    public ReadOnlyMemory<float> Rows { get; }

    /// <summary>Takes all viewers of a book.</summary>
    /// <param name="book">The book.</param>
    /// <param name="now">The time.</param>
    public static ViewerVectors Of(ViewerBook book, EventTime now)
    {
        ArgumentNullException.ThrowIfNull(book);
        (ViewerId Viewer, ViewerTraits Traits)[] all = book.ToArray();
        var rows = new float[all.Length * ColumnNames.Length];
        for (int i = 0; i < all.Length; i++)
        {
            ViewerTraits traits = all[i].Traits;
            double hours = traits.WatchMicroseconds / MicrosecondsPerHour;
            Span<float> row = rows.AsSpan(i * ColumnNames.Length, ColumnNames.Length);
            row[0] = Log(traits.Plays);
            row[1] = Log(hours);
            row[2] = traits.Plays == 0 ? float.NaN : Log(hours / traits.Plays);
            row[3] = Days(traits.LastPlay, now);
            row[4] = Days(traits.FirstSeen, now);
            row[5] = Log(traits.AmountMillionths / 1e6);
        }

        return new ViewerVectors([.. all.Select(entry => entry.Viewer)], rows);
    }

    private static float Log(double value) => (float)Math.Log(1 + Math.Max(0, value));

    private static float Days(EventTime from, EventTime now) =>
        from == default ? float.NaN : Log(Math.Max(0, now.UnixMicroseconds - from.UnixMicroseconds) / MicrosecondsPerDay);
}
