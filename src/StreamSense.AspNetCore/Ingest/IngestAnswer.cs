using System.Text.Json;
using StreamSense.Core.Ingest;

namespace StreamSense.AspNetCore.Ingest;

/// <summary>Spells what became of a body's records.</summary>
internal static class IngestAnswer
{
    /// <summary>Writes the members that every answer about a body has.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, IngestResult result)
    {
        writer.WriteNumber("offered"u8, result.Offered);
        writer.WriteNumber("written"u8, result.Written);
        writer.WriteNumber("dropped"u8, result.Dropped);
        writer.WriteNumber("rejected"u8, result.Rejected);
        if (result.IsFull)
        {
            writer.WriteNumber("taken"u8, result.Taken);
        }

        writer.WriteStartArray("errors"u8);
        foreach (IngestError error in result.Errors)
        {
            writer.WriteStartObject();
            writer.WriteNumber("line"u8, error.Line);
            writer.WriteString("reason"u8, error.Reason.ToString());
            writer.WriteString("message"u8, error.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes the whole object.</summary>
    public static void Write(Utf8JsonWriter writer, IngestResult result)
    {
        writer.WriteStartObject();
        WriteMembers(writer, result);
        writer.WriteEndObject();
    }
}
