using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Failures;

namespace StreamSense.Tool.Failures;

/// <summary>Prints failed records, as lines or as JSON.</summary>
internal static class FailedPrinter
{
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Prints a line a record, and how many there are of each reason.</summary>
    public static void List(TextWriter output, IReadOnlyList<StoredFailure> failures, int limit)
    {
        foreach (StoredFailure stored in failures.TakeLast(limit))
        {
            FailedEvent failed = stored.Failed;
            output.WriteLine(
                $"{stored.Id,-10} {failed.Reason,-18} {failed.Format,-14} {Printable(failed.Message)}"
                + (stored.IsRecoverable ? "" : " (not recoverable)"));
        }

        foreach ((RejectReason reason, int count) in failures.CountBy(stored => stored.Failed.Reason).OrderBy(pair => pair.Key))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reason}: {count:N0}"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{failures.Count:N0} failed records"));
    }

    /// <summary>Prints everything that is known of a record.</summary>
    public static void Show(TextWriter output, StoredFailure stored)
    {
        FailedEvent failed = stored.Failed;
        FailureMessage message = failed.Messages[0];
        Line(output, "id", stored.Id);
        Line(output, "reason", failed.Reason.ToString());
        Line(output, "stage", failed.Stage.ToString());
        Line(output, "path", Printable(message.Path));
        Line(output, "rule", Printable(message.Rule));
        Line(output, "found", stored.IsOpen ? Printable(message.Found) : "(sealed: --key opens it)");
        Line(output, "format", failed.Format);
        Line(output, "source", Printable(failed.Source ?? ""));
        Line(output, "batch", failed.Batch);
        Line(output, "index", failed.RecordIndex.ToString(CultureInfo.InvariantCulture));
        Line(output, "received", failed.ReceivedAt == default ? "" : failed.ReceivedAt.ToString());
        Line(output, "processor", failed.ProcessorVersion);
        Line(output, "recoverable", stored.IsRecoverable ? "yes" : "no");
        Line(output, "raw", stored.IsOpen ? Printable(Text(failed)) + (failed.IsRawTruncated ? " ..." : "") : "(sealed: --key opens it)");
    }

    /// <summary>Prints one JSON object a record.</summary>
    public static void Json(TextWriter output, IEnumerable<StoredFailure> failures)
    {
        using var buffer = new MemoryStream();
        foreach (StoredFailure stored in failures)
        {
            buffer.SetLength(0);
            using (var writer = new Utf8JsonWriter(buffer, _options))
            {
                Json(writer, stored);
            }

            output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
        }
    }

    private static void Json(Utf8JsonWriter writer, StoredFailure stored)
    {
        FailedEvent failed = stored.Failed;
        writer.WriteStartObject();
        writer.WriteString("id", stored.Id);
        writer.WriteString("reason", failed.Reason.ToString());
        writer.WriteString("stage", failed.Stage.ToString());
        writer.WriteStartArray("messages");
        foreach (FailureMessage message in failed.Messages)
        {
            writer.WriteStartObject();
            writer.WriteString("path", message.Path);
            writer.WriteString("rule", message.Rule);
            writer.WriteString("found", message.Found);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("format", failed.Format);
        writer.WriteString("source", failed.Source);
        writer.WriteString("batch", failed.Batch);
        writer.WriteNumber("index", failed.RecordIndex);
        writer.WriteString("processor", failed.ProcessorVersion);
        writer.WriteBoolean("recoverable", stored.IsRecoverable);
        writer.WriteBoolean("truncated", failed.IsRawTruncated);
        writer.WriteString("raw", stored.IsOpen ? Text(failed) : null);
        writer.WriteEndObject();
    }

    private static void Line(TextWriter output, string name, string value)
    {
        if (value.Length > 0)
        {
            output.WriteLine($"{name,-12} {value}");
        }
    }

    private static string Text(FailedEvent failed) => Encoding.UTF8.GetString(failed.Raw.Span);

    // A record may hold anything: what would steer the terminal is shown as what it is.
    private static string Printable(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) && c is not '\n' ? $"\\x{(int)c:x2}" : c.ToString()));
}
