namespace StreamSense.Core.Metrics.Conversion;

/// <summary>What was shown at a place, and what came of it.</summary>
/// <remarks>Immutable. Impressions and clicks count as often as their weights say.</remarks>
public sealed record PlaceMetrics
{
    /// <summary>The surface; null where it is unknown, and for all of them.</summary>
    public string? Surface { get; init; }

    /// <summary>The rows: <c>0</c>, <c>1</c>, <c>2-3</c> and so on, doubling; null where they are unknown, and for all of them.</summary>
    public string? Rows { get; init; }

    /// <summary>The positions in the row, likewise.</summary>
    public string? Positions { get; init; }

    /// <summary>Titles and offers that a person saw.</summary>
    public double Impressions { get; init; }

    /// <summary>Clicks; those that do not say where go where their impression was, if it is known.</summary>
    public double Clicks { get; init; }

    /// <summary>Detail pages that were opened.</summary>
    public double DetailViews { get; init; }

    /// <summary>Plays that are owed to an impression, each counted as often as the weight of that says.</summary>
    public double AttributedPlays { get; init; }

    /// <summary>Titles put on a list that are owed to an impression.</summary>
    public double AttributedListAdds { get; init; }

    /// <summary>Clicks ÷ impressions.</summary>
    public double? ClickThroughRate { get; init; }

    /// <summary>Detail views ÷ impressions.</summary>
    public double? DetailViewRate { get; init; }

    /// <summary>Attributed plays ÷ impressions.</summary>
    public double? PlayRate { get; init; }

    /// <summary>Attributed list entries ÷ impressions.</summary>
    public double? ListAddRate { get; init; }

    internal static PlaceMetrics Of(string? surface, string? rows, string? positions, in ConversionSums sums)
    {
        double impressions = (double)sums.Impressions;
        return new PlaceMetrics
        {
            Surface = surface,
            Rows = rows,
            Positions = positions,
            Impressions = EventWeight.Events(sums.Impressions),
            Clicks = EventWeight.Events(sums.Clicks),
            DetailViews = EventWeight.Events(sums.DetailViews),
            AttributedPlays = EventWeight.Events(sums.AttributedPlays),
            AttributedListAdds = EventWeight.Events(sums.AttributedListAdds),
            ClickThroughRate = Ratio.Of((double)sums.Clicks, impressions),
            DetailViewRate = Ratio.Of((double)sums.DetailViews, impressions),
            PlayRate = Ratio.Of((double)sums.AttributedPlays, impressions),
            ListAddRate = Ratio.Of((double)sums.AttributedListAdds, impressions),
        };
    }
}
