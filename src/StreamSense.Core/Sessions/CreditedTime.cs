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
    bool Background);
