namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>What is known of a title: its length, and whether it is live.</summary>
internal sealed record OracleTitle(decimal? DurationUs, bool IsLive)
{
    /// <summary>What the catalogue said of a title at an instant; before its first row, what holds from that one's instant on.</summary>
    /// <param name="catalogue">The rows of all titles, in the order of their times.</param>
    /// <param name="title">The title.</param>
    /// <param name="atUs">The instant.</param>
    internal static OracleTitle At(IReadOnlyList<OracleRecord> catalogue, string? title, long atUs)
    {
        List<OracleRecord> rows = [.. catalogue.Where(row => row.Text("title") == title)];
        OracleRecord? row = rows.LastOrDefault(row => row.TimeUs <= Math.Max(atUs, rows[0].TimeUs));
        decimal? durationUs = row?.Microseconds("durationMs");
        return new OracleTitle(durationUs > 0m ? durationUs : null, row?.Text("type") == "live");
    }
}
