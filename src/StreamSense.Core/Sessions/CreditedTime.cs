namespace StreamSense.Core.Sessions;

/// <summary>A run of time of an attempt, decided to be one state; times in microseconds.</summary>
/// <param name="State">The state; never <see cref="ViewState.Ended"/>.</param>
/// <param name="Start">When it began, in microseconds since the Unix epoch.</param>
/// <param name="Length">How long it was.</param>
/// <param name="Groups">The groups of the dimensions in force.</param>
/// <param name="Kbps">The bitrate in force, or <see cref="ViewRow.UnknownKbps"/>.</param>
/// <param name="RateMillionths">The playback rate in force.</param>
/// <param name="Background">Whether the player was in the background.</param>
internal readonly record struct CreditedTime(
    ViewState State,
    long Start,
    long Length,
    ViewGroups Groups,
    long Kbps,
    int RateMillionths,
    bool Background)
{
    /// <summary>Whether play time counts towards the average bitrate.</summary>
    public bool IsAtKnownBitrate => Kbps != ViewRow.UnknownKbps;

    /// <summary>The media that a part of the run plays, in microseconds × millionths.</summary>
    public Int128 MediaOf(long length) => Math.BigMul(length, (long)RateMillionths);
}
