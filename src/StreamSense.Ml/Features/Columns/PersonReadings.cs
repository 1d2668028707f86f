using StreamSense.Ml.Features.Rules;
using StreamSense.Ml.Features.Segments;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>How the rules that give one number a query read the row of a person.</summary>
internal static class PersonReadings
{
    private const double MicrosecondsPerSecond = 1e6;

    /// <summary>How usual the moment is.</summary>
    public static double Profile(FillScratch scratch, TablePlan table, ProfileCell cell)
    {
        ReadOnlySpan<long> words = scratch.BlockOf(table).Row.AsSpan(cell.Offset + 1, cell.Parts);
        double all = 0;
        foreach (long word in words)
        {
            all += BitConverter.Int64BitsToDouble(word);
        }

        double here = BitConverter.Int64BitsToDouble(words[cell.PartOf(scratch.Query.Time)]);
        return all > 0 ? here * cell.Parts / all : double.NaN;
    }

    /// <summary>How usual a value of a dimension is.</summary>
    public static double Preference(FillScratch scratch, TablePlan table, FadingMap cell, ulong key)
    {
        ReadOnlySpan<long> words = scratch.BlockOf(table).Row.AsSpan(cell.Offset, cell.Words);
        double all = FadingMap.EverythingOf(words);
        if (key == 0 || !(all > 0))
        {
            return double.NaN;
        }

        double here = 0;
        for (int slot = 0; slot < cell.Slots; slot++)
        {
            here = cell.KeyOf(words, slot) == key ? FadingMap.WeightOf(words, slot) : here;
        }

        return here / all;
    }

    /// <summary>How often an episode follows the one before it.</summary>
    public static double Binge(FillScratch scratch, TablePlan table, BingeCell cell)
    {
        ReadOnlySpan<long> words = scratch.BlockOf(table).Row.AsSpan(cell.Offset, cell.Words);
        double plays = BitConverter.Int64BitsToDouble(words[BingeCell.Plays]);
        return plays > 0 ? BitConverter.Int64BitsToDouble(words[BingeCell.Continued]) / plays : double.NaN;
    }

    /// <summary>The visit under way.</summary>
    public static double Visit(FillScratch scratch, TablePlan table, VisitCell cell, VisitMeasure measure)
    {
        ReadOnlySpan<long> words = scratch.BlockOf(table).Row.AsSpan(cell.Offset, cell.Words);
        if (measure == VisitMeasure.Visits)
        {
            return words[VisitCell.Visits];
        }

        long now = scratch.Query.Time.UnixMicroseconds;
        long visit = (long)scratch.Query.Visit.Value;
        bool isAnother = visit != 0 && words[VisitCell.Visit] != 0 && visit != words[VisitCell.Visit];
        if (words[VisitCell.Last] == 0 || isAnother || now - words[VisitCell.Last] > cell.GapMicroseconds)
        {
            return double.NaN;
        }

        return measure switch
        {
            VisitMeasure.Seconds => Math.Max(0, now - words[VisitCell.Began]) / MicrosecondsPerSecond,
            VisitMeasure.Signals => words[VisitCell.Signals],
            _ => Math.Max(0, now - words[VisitCell.Last]) / MicrosecondsPerSecond,
        };
    }

    /// <summary>Whether the viewer is in a segment.</summary>
    public static double Segment(FillScratch scratch, ISegmentReader segments, int bit) =>
        scratch.Query.Viewer.IsNone ? double.NaN : (segments.SegmentsOf(scratch.Query.Viewer) >> bit) & 1;

    /// <summary>What the request tells.</summary>
    public static double Request(FillScratch scratch, RequestRule rule) => rule.Measure switch
    {
        RequestMeasure.Position => scratch.Query.Position ?? double.NaN,
        RequestMeasure.HourOfDay => ProfileCell.HourOf(scratch.Query.Time, rule.UtcOffset),
        _ => ProfileCell.WeekdayOf(scratch.Query.Time, rule.UtcOffset),
    };

    /// <summary>Whether the request has a value of a dimension.</summary>
    public static double RequestIs(ulong key, ulong wanted) => key == 0 ? double.NaN : key == wanted ? 1 : 0;
}
