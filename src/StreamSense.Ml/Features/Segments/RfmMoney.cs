namespace StreamSense.Ml.Features.Segments;

/// <summary>What stands for money in scores of recency, frequency and money.</summary>
public enum RfmMoney
{
    /// <summary>Hours watched: where all pay the same, attention is what a viewer spends.</summary>
    WatchHours = 0,

    /// <summary>What was paid.</summary>
    Amount = 1,
}
