using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics;

/// <summary>One value of one dimension, or the whole.</summary>
/// <param name="Dimension">The dimension; <see cref="MetricsDimension.None"/> for the whole.</param>
/// <param name="Value">The hash of a title, or a symbol; 0 where the value is unknown.</param>
/// <param name="IsOverflow">The values for which the bounded table had no place left.</param>
internal readonly record struct GroupKey(MetricsDimension Dimension, ulong Value, bool IsOverflow = false)
{
    public static GroupKey Whole => default;

    /// <summary>The name that a report gives it; null where the value is unknown.</summary>
    public string? NameIn(Vocabulary vocabulary)
    {
        if (IsOverflow)
        {
            return "other";
        }

        if (Value == 0)
        {
            return null;
        }

        var title = new TitleId(Value);
        return Dimension switch
        {
            MetricsDimension.Title => vocabulary.Titles.NameOf(title) ?? title.ToString(),
            MetricsDimension.Cdn => vocabulary.Cdns.NameOf(new Symbol((ushort)Value)),
            MetricsDimension.Country => vocabulary.Countries.NameOf(new Symbol((ushort)Value)),
            MetricsDimension.DeviceKind => vocabulary.DeviceKinds.NameOf(new Symbol((ushort)Value)),
            _ => null,
        };
    }
}
