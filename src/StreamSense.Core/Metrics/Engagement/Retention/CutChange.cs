namespace StreamSense.Core.Metrics.Engagement.Retention;

/// <summary>A part of a title that was taken out or put in.</summary>
/// <param name="From">Where, in the earlier cut.</param>
/// <param name="Length">How long.</param>
/// <param name="IsRemoval">Whether it was taken out.</param>
internal readonly record struct CutChange(TimeSpan From, TimeSpan Length, bool IsRemoval)
{
    /// <summary>The position of the earlier cut at which what is unchanged goes on.</summary>
    public TimeSpan End => IsRemoval ? From + Length : From;
}
