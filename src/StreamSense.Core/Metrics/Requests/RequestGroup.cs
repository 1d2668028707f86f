using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Metrics.Requests;

/// <summary>One value of one dimension, or all requests.</summary>
/// <param name="Dimension">The dimension.</param>
/// <param name="Value">A symbol, or the letter of an object type; 0 where it is unknown.</param>
/// <param name="IsOther">The values for which there was no room.</param>
internal readonly record struct RequestGroup(RequestDimension Dimension, ushort Value, bool IsOther = false)
{
    /// <summary>The name that a report gives it; null where the value is unknown.</summary>
    public string? NameIn(Vocabulary vocabulary)
    {
        if (IsOther)
        {
            return "other";
        }

        return Dimension switch
        {
            RequestDimension.Cdn => vocabulary.Cdns.NameOf(new Symbol(Value)),
            RequestDimension.Asn => vocabulary.Asns.NameOf(new Symbol(Value)),
            RequestDimension.Country => vocabulary.Countries.NameOf(new Symbol(Value)),
            RequestDimension.ObjectType when Value != 0 => Encoding.ASCII.GetString(ObjectTypes.TextOf((byte)Value)),
            _ => null,
        };
    }
}
