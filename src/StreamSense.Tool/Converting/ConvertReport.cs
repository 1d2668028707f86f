using System.Globalization;
using StreamSense.Core.Ingest;

namespace StreamSense.Tool.Converting;

/// <summary>What became of a conversion.</summary>
/// <param name="Counters">What came in.</param>
/// <param name="Events">How many events were written.</param>
/// <param name="Notes">The first complaints about records.</param>
internal sealed record ConvertReport(IngestCounters Counters, long Events, IReadOnlyList<string> Notes)
{
    /// <summary>The report as lines for people.</summary>
    public IEnumerable<string> Lines()
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{Counters.Offered:N0} records: {Counters.Written:N0} became {Events:N0} events, {Counters.Rejected:N0} were rejected");
        foreach (RejectReason reason in Enum.GetValues<RejectReason>())
        {
            if (Counters.RejectedFor(reason) > 0)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"  {reason}: {Counters.RejectedFor(reason):N0}");
            }
        }

        foreach (string note in Notes)
        {
            yield return "  " + note;
        }
    }
}
