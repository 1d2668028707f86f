namespace StreamSense.Core.Tests.Sessions;

/// <summary>What logged sessions must come to, as integers.</summary>
/// <param name="Sessions">How many there are.</param>
/// <param name="PlayUs">Microseconds of playing, stalls below the minimum included.</param>
/// <param name="StallUs">Microseconds of stalls.</param>
/// <param name="StartingUs">Microseconds from request to first frame.</param>
/// <param name="Stalls">Stalls of at least 250 ms.</param>
/// <param name="ShortStalls">Rebufferings below 250 ms.</param>
/// <param name="Switches">Changes of the bitrate from one chunk to the next.</param>
/// <param name="KbpsUs">Σ kbps × microseconds of playing.</param>
internal sealed record PensieveTotals(
    long Sessions, long PlayUs, long StallUs, long StartingUs, long Stalls, long ShortStalls, long Switches, Int128 KbpsUs)
{
    internal static PensieveTotals None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    public static PensieveTotals operator +(PensieveTotals left, PensieveTotals right) => new(
        left.Sessions + right.Sessions, left.PlayUs + right.PlayUs, left.StallUs + right.StallUs, left.StartingUs + right.StartingUs,
        left.Stalls + right.Stalls, left.ShortStalls + right.ShortStalls, left.Switches + right.Switches, left.KbpsUs + right.KbpsUs);
}
