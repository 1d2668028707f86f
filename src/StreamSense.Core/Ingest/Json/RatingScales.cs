using System.Buffers.Text;
using System.Text.Json;
using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Reads the scale of a rating: a name, or <c>[min,max]</c>.</summary>
internal static class RatingScales
{
    public static RatingScale Read(in JsonRecord record, out double minimum, out double maximum)
    {
        var scale = RatingScale.Range;
        minimum = 0;
        maximum = 0;
        if (record.TokenOf(JsonField.Scale) == JsonTokenType.StartArray)
        {
            if (!TryRange(record.Raw(JsonField.Scale), out minimum, out maximum))
            {
                record.Fail(RejectReason.InvalidValue, JsonField.Scale, "expected [minimum, maximum]");
            }
        }
        else
        {
            scale = (RatingScale)record.Choice(JsonField.Scale, ChoiceTexts.Scales);
            (minimum, maximum) = BoundsOf(scale);
        }

        return scale;
    }

    /// <summary>The bounds of a named scale.</summary>
    public static (double Minimum, double Maximum) BoundsOf(RatingScale scale) => scale switch
    {
        RatingScale.Stars5 => (1, 5),
        RatingScale.Stars10 => (1, 10),
        RatingScale.Thumbs => (0, 1),
        _ => (0, 100),
    };

    private static bool TryRange(ReadOnlySpan<byte> raw, out double minimum, out double maximum)
    {
        maximum = 0;
        var reader = new Utf8JsonReader(raw);
        reader.Read();
        return TryBound(ref reader, out minimum)
            && TryBound(ref reader, out maximum)
            && reader.Read()
            && reader.TokenType == JsonTokenType.EndArray
            && minimum < maximum;
    }

    private static bool TryBound(ref Utf8JsonReader reader, out double bound)
    {
        bound = 0;
        return reader.Read()
            && reader.TokenType == JsonTokenType.Number
            && Utf8Parser.TryParse(reader.ValueSpan, out bound, out _)
            && double.IsFinite(bound);
    }
}
