using System.Buffers;
using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.Failures;

/// <summary>A failed record as a line of text: what may be read by everybody in clear, its bytes and excerpts sealed.</summary>
internal static class FailedEventLine
{
    private const int MaxPath = 64;

    /// <summary>Writes a record and a line feed.</summary>
    public static void Write(ArrayBufferWriter<byte> line, FailedEvent failed, ByteSeal seal)
    {
        FailureMessage message = failed.Messages[0];
        using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            writer.WriteString("reason"u8, failed.Reason.ToString());
            writer.WriteString("stage"u8, failed.Stage.ToString());
            writer.WriteString("format"u8, failed.Format);
            if (failed.Source is not null)
            {
                writer.WriteString("source"u8, failed.Source);
            }

            writer.WriteString("batch"u8, failed.Batch);
            writer.WriteNumber("index"u8, failed.RecordIndex);
            if (failed.ReceivedAt != default)
            {
                writer.WriteNumber("receivedAt"u8, failed.ReceivedAt.UnixMicroseconds / 1000m);
            }

            // A path that a sender chose could hold anything; the names of fields are short.
            writer.WriteString("path"u8, message.Path.Length <= MaxPath ? message.Path : message.Path[..MaxPath]);
            writer.WriteString("rule"u8, message.Rule);
            writer.WriteString("processor"u8, failed.ProcessorVersion);
            writer.WriteBoolean("truncated"u8, failed.IsRawTruncated);
            writer.WriteBoolean("recoverable"u8, failed.IsRecoverable);
            writer.WriteBase64String("found"u8, seal.Seal(System.Text.Encoding.UTF8.GetBytes(message.Found)));
            writer.WriteBase64String("raw"u8, seal.Seal(failed.Raw.Span));
            writer.WriteEndObject();
        }

        line.Write("\n"u8);
    }

    /// <summary>Reads a line.</summary>
    /// <returns>Null if the line is cut, or no such line.</returns>
    public static StoredFailure? Read(ReadOnlyMemory<byte> line, string id, ByteSeal? seal)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            bool isOpen = true;
            byte[] raw = [];
            byte[] found = [];
            if (seal is null || !seal.TryOpen(root.GetProperty("raw").GetBytesFromBase64(), out raw)
                || !seal.TryOpen(root.GetProperty("found").GetBytesFromBase64(), out found))
            {
                isOpen = false;
            }

            var message = new FailureMessage(
                root.GetProperty("path").GetString() ?? "",
                root.GetProperty("rule").GetString() ?? "",
                System.Text.Encoding.UTF8.GetString(found));
            var failed = new FailedEvent
            {
                Reason = Named<RejectReason>(root.GetProperty("reason")),
                Stage = Named<IngestStage>(root.GetProperty("stage")),
                Message = message.ToString(),
                Format = root.GetProperty("format").GetString() ?? "",
                Source = root.TryGetProperty("source", out JsonElement source) ? source.GetString() : null,
                Batch = root.GetProperty("batch").GetString() ?? "",
                RecordIndex = root.GetProperty("index").GetInt64(),
                ReceivedAt = root.TryGetProperty("receivedAt", out JsonElement at)
                    ? new EventTime((long)(at.GetDecimal() * EventTime.MicrosecondsPerMillisecond))
                    : default,
                ProcessorVersion = root.GetProperty("processor").GetString() ?? "",
                IsRawTruncated = root.GetProperty("truncated").GetBoolean(),
                Raw = raw,
            };
            return new StoredFailure(id, failed, isOpen, root.GetProperty("recoverable").GetBoolean());
        }
        catch (Exception exception) when (
            exception is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or FormatException
                or OverflowException)
        {
            return null;
        }
    }

    // A number is no name, nor are two: a reason that does not exist has no place in the accounts.
    private static T Named<T>(JsonElement text)
        where T : struct, Enum
    {
        T value = Enum.Parse<T>(text.GetString() ?? "");
        return text.ValueEquals(Enum.GetName(value)) ? value : throw new FormatException();
    }
}
