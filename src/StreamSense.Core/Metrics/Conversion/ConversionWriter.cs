using System.Text.Json;

namespace StreamSense.Core.Metrics.Conversion;

/// <summary>Writes <see cref="ConversionMetrics"/> as one JSON object.</summary>
internal static class ConversionWriter
{
    public static void Write(Utf8JsonWriter writer, ConversionMetrics metrics)
    {
        writer.WriteStartObject();
        WriteMembers(writer, metrics.Totals);
        writer.WriteNumber("plays"u8, metrics.Plays);
        writer.WriteNumber("listAdds"u8, metrics.ListAdds);
        writer.WriteNumber("sampleShare"u8, metrics.SampleShare);
        writer.WriteNumber("droppedMarks"u8, metrics.DroppedMarks);
        writer.WriteNumber("overflowedPlaces"u8, metrics.OverflowedPlaces);
        writer.WriteObjects("surfaces"u8, metrics.Surfaces, static (json, surface) =>
        {
            json.WriteString("surface"u8, surface.Surface);
            WriteMembers(json, surface);
        });
        writer.WriteObjects("places"u8, metrics.Places, static (json, place) =>
        {
            json.WriteString("surface"u8, place.Surface);
            json.WriteString("rows"u8, place.Rows);
            json.WriteString("positions"u8, place.Positions);
            WriteMembers(json, place);
        });
        writer.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter writer, PlaceMetrics place)
    {
        writer.WriteNumber("impressions"u8, place.Impressions);
        writer.WriteNumber("clicks"u8, place.Clicks);
        writer.WriteNumber("detailViews"u8, place.DetailViews);
        writer.WriteNumber("attributedPlays"u8, place.AttributedPlays);
        writer.WriteNumber("attributedListAdds"u8, place.AttributedListAdds);
        writer.WriteNumberOrNull("clickThroughRate"u8, place.ClickThroughRate);
        writer.WriteNumberOrNull("detailViewRate"u8, place.DetailViewRate);
        writer.WriteNumberOrNull("playRate"u8, place.PlayRate);
        writer.WriteNumberOrNull("listAddRate"u8, place.ListAddRate);
    }
}
