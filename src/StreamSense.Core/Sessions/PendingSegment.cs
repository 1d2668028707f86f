namespace StreamSense.Core.Sessions;

/// <summary>A run of time that is not yet decided, with all that its credit will need.</summary>
internal struct PendingSegment
{
    public long Start;
    public long Length;

    /// <summary>How much of it is credited if it turns out to be playing.</summary>
    public long Playable;

    public long Kbps;
    public ViewGroups Groups;
    public int RateMillionths;
    public bool Background;

    /// <summary>It lies after the end that the buffering's own duration gives.</summary>
    public bool BeyondDuration;

    public readonly long End => Start + Length;

    // A run that is credited in part is credited at its beginning: what comes after it must keep an instant of its own.
    public readonly bool Continues(in PendingSegment next) =>
        End == next.Start
        && Playable == Length
        && Kbps == next.Kbps
        && RateMillionths == next.RateMillionths
        && Background == next.Background
        && BeyondDuration == next.BeyondDuration
        && Groups == next.Groups;
}
