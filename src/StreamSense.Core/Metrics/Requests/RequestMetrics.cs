using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Requests;

/// <summary>How CDNs answered: over all requests, and by what they can be grouped by.</summary>
/// <remarks>Immutable; safe on any thread. Groups come with most requests first, then by name.</remarks>
public sealed record RequestMetrics
{
    /// <summary>All requests.</summary>
    public DeliveryMetrics Totals { get; init; } = new();

    /// <summary>By CDN.</summary>
    public IReadOnlyList<DeliveryMetrics> Cdns { get; init; } = [];

    /// <summary>By autonomous system.</summary>
    public IReadOnlyList<DeliveryMetrics> Asns { get; init; } = [];

    /// <summary>By country.</summary>
    public IReadOnlyList<DeliveryMetrics> Countries { get; init; } = [];

    /// <summary>By object type, as CMCD names it.</summary>
    public IReadOnlyList<DeliveryMetrics> ObjectTypes { get; init; } = [];

    /// <summary>How often a value found its dimension full and was counted as <c>other</c>.</summary>
    public long OverflowedValues { get; init; }

    internal static RequestMetrics Of(RequestsPartial partial, Vocabulary vocabulary)
    {
        return new RequestMetrics
        {
            Totals = DeliveryMetrics.Of(name: null, partial.Cells.GetValueOrDefault(default) ?? new RequestCell()),
            Cdns = By(RequestDimension.Cdn),
            Asns = By(RequestDimension.Asn),
            Countries = By(RequestDimension.Country),
            ObjectTypes = By(RequestDimension.ObjectType),
            OverflowedValues = partial.OverflowedValues,
        };

        List<DeliveryMetrics> By(RequestDimension dimension)
        {
            List<DeliveryMetrics> list =
            [
                .. partial.Cells.Where(cell => cell.Key.Dimension == dimension)
                    .Select(cell => DeliveryMetrics.Of(cell.Key.NameIn(vocabulary), cell.Value)),
            ];
            list.Sort(static (a, b) =>
            {
                int order = b.Requests.CompareTo(a.Requests);
                return order != 0 ? order : string.CompareOrdinal(a.Name, b.Name);
            });
            return list;
        }
    }
}
