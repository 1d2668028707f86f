namespace StreamSense.Core.Metrics.Conversion;

/// <summary>What happened at a place: sums of weights in millionths, which merge exactly.</summary>
internal struct ConversionSums
{
    public Int128 Impressions;
    public Int128 Clicks;
    public Int128 DetailViews;

    /// <summary>All plays and list entries, wherever they came from; kept for the whole only.</summary>
    public Int128 Plays;
    public Int128 ListAdds;

    /// <summary>Those that are owed to an impression.</summary>
    public Int128 AttributedPlays;
    public Int128 AttributedListAdds;

    public void Add(in ConversionSums other)
    {
        Impressions += other.Impressions;
        Clicks += other.Clicks;
        DetailViews += other.DetailViews;
        Plays += other.Plays;
        ListAdds += other.ListAdds;
        AttributedPlays += other.AttributedPlays;
        AttributedListAdds += other.AttributedListAdds;
    }
}
