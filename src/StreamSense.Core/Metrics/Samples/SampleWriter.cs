using System.Text.Json;

namespace StreamSense.Core.Metrics.Samples;

/// <summary>Writes sample views as JSON.</summary>
internal static class SampleWriter
{
    public static void Write(Utf8JsonWriter writer, SampleMetrics samples)
    {
        writer.WriteStartObject();
        for (SampleCondition condition = 0; condition <= SampleMetrics.Last; condition++)
        {
            writer.WriteStartArray(JsonNamingPolicy.CamelCase.ConvertName(condition.ToString()));
            foreach (ViewSample sample in samples.Of(condition))
            {
                writer.WriteStartObject();
                writer.WriteString("view"u8, sample.View.ToString());
                writer.WriteNumber("ms"u8, sample.Microseconds / 1e3);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
