using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Cmcd;

namespace StreamSense.Tool.Decoding;

/// <summary>Prints what CMCD records say, one JSON object a line.</summary>
/// <remarks>
/// <c>{"version":…,"keys":{…},"warnings":[…]}</c>, or <c>{"rejected":"reason: words"}</c>. Values are plain; one with parameters is
/// <c>{"value":…,"params":{…}}</c>, and so is each element of a list that has parameters itself. A token in parameters is
/// <c>{"token":…}</c>, as there it could be taken for a text.
/// </remarks>
/// <param name="output">Where the lines go.</param>
internal sealed class ReadingPrinter(TextWriter output) : IDisposable
{
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _line = new(1024);
    private readonly Utf8JsonWriter _json = new(Stream.Null, _options);

    /// <summary>Prints one record.</summary>
    /// <param name="reading">What it says.</param>
    public void Print(CmcdReading reading)
    {
        _line.ResetWrittenCount();
        _json.Reset(_line);
        _json.WriteStartObject();
        if (reading.Reason == RejectReason.None)
        {
            WriteMembers(reading);
        }
        else
        {
            _json.WriteString("rejected"u8, $"{reading.Reason}: {reading.Message}");
        }

        _json.WriteEndObject();
        _json.Flush();
        output.WriteLine(Encoding.UTF8.GetString(_line.WrittenSpan));
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private void WriteMembers(CmcdReading reading)
    {
        _json.WriteNumber("version"u8, reading.Data.Version);
        _json.WriteStartObject("keys"u8);
        foreach ((string key, CmcdItem item) in reading.Data)
        {
            _json.WritePropertyName(key);
            Write(item, isWrapped: item.Parameters.Count > 0);
        }

        _json.WriteEndObject();
        _json.WriteStartArray("warnings"u8);
        foreach (string warning in reading.Warnings)
        {
            _json.WriteStringValue(warning);
        }

        _json.WriteEndArray();
    }

    private void Write(CmcdItem item, bool isWrapped)
    {
        if (!isWrapped)
        {
            WriteBare(item, areElementsWrapped: false);
            return;
        }

        _json.WriteStartObject();
        _json.WritePropertyName("value"u8);
        WriteBare(item, areElementsWrapped: item.Parameters.Count > 0);
        _json.WriteStartObject("params"u8);
        foreach ((string name, CmcdItem value) in item.Parameters)
        {
            _json.WritePropertyName(name);
            if (value.Type == CmcdType.Token)
            {
                _json.WriteStartObject();
                _json.WriteString("token"u8, value.Text);
                _json.WriteEndObject();
            }
            else
            {
                WriteBare(value, areElementsWrapped: false);
            }
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteBare(CmcdItem item, bool areElementsWrapped)
    {
        switch (item.Type)
        {
            case CmcdType.Truth or CmcdType.Falsehood:
                _json.WriteBooleanValue(item.Type == CmcdType.Truth);
                break;
            case CmcdType.Number or CmcdType.Date:
                _json.WriteRawValue(item.Text);
                break;
            case CmcdType.List:
                _json.WriteStartArray();
                foreach (CmcdItem element in item.Elements)
                {
                    Write(element, areElementsWrapped || element.Parameters.Count > 0);
                }

                _json.WriteEndArray();
                break;
            default:
                _json.WriteStringValue(item.Text);
                break;
        }
    }
}
