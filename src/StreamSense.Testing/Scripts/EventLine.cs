using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StreamSense.Core.Events;

namespace StreamSense.Testing.Scripts;

/// <summary>Writes one canonical event line field by field, in the order of the calls.</summary>
/// <remarks>
/// Nothing is checked against the schema: a test may want a wrong line. For one thread at a time. Values that are null are left out, so
/// that optional fields need no condition.
/// </remarks>
public sealed class EventLine
{
    // Names of titles stay readable in a failing test's output; lines are not put into HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly MemoryStream _bytes = new();
    private readonly Utf8JsonWriter _writer;
    private readonly EventTime _time;

    private EventLine(string kind, EventTime time)
    {
        _time = time;
        _writer = new Utf8JsonWriter(_bytes, Options);
        _writer.WriteStartObject();
        _writer.WriteString("kind", kind);
        _writer.WriteString("time", time.ToString());
    }

    /// <summary>Begins the line of an event.</summary>
    /// <param name="kind">The kind, as the public schema spells it.</param>
    /// <param name="time">When it happens.</param>
    public static EventLine Of(string kind, EventTime time)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return new(kind, time);
    }

    /// <summary>Adds a text.</summary>
    /// <param name="name">The field.</param>
    /// <param name="value">The text; null adds nothing.</param>
    /// <returns>This line.</returns>
    public EventLine With(string name, string? value)
    {
        if (value is not null)
        {
            _writer.WriteString(name, value);
        }

        return this;
    }

    /// <summary>Adds a number.</summary>
    /// <param name="name">The field.</param>
    /// <param name="value">The number; null adds nothing.</param>
    /// <returns>This line.</returns>
    public EventLine With(string name, decimal? value)
    {
        if (value is { } number)
        {
            _writer.WriteNumber(name, number);
        }

        return this;
    }

    /// <summary>Adds a truth value.</summary>
    /// <param name="name">The field.</param>
    /// <param name="value">The value; null adds nothing.</param>
    /// <returns>This line.</returns>
    public EventLine With(string name, bool? value)
    {
        if (value is { } truth)
        {
            _writer.WriteBoolean(name, truth);
        }

        return this;
    }

    /// <summary>Adds a list of texts.</summary>
    /// <param name="name">The field.</param>
    /// <param name="values">The texts; null adds nothing, an empty list an empty array.</param>
    /// <returns>This line.</returns>
    public EventLine With(string name, IReadOnlyCollection<string>? values)
    {
        if (values is null)
        {
            return this;
        }

        _writer.WriteStartArray(name);
        foreach (string value in values)
        {
            _writer.WriteStringValue(value);
        }

        _writer.WriteEndArray();
        return this;
    }

    /// <summary>Adds a field as JSON text, for what the other overloads cannot say.</summary>
    /// <param name="name">The field.</param>
    /// <param name="json">One JSON value.</param>
    /// <returns>This line.</returns>
    /// <exception cref="JsonException"><paramref name="json"/> is no JSON value.</exception>
    public EventLine WithJson(string name, string json)
    {
        _writer.WritePropertyName(name);
        _writer.WriteRawValue(json);
        return this;
    }

    /// <summary>Ends the line; the instance is of no use afterwards.</summary>
    /// <returns>The event.</returns>
    public ScriptedEvent Build()
    {
        _writer.WriteEndObject();
        _writer.Flush();
        string line = Encoding.UTF8.GetString(_bytes.GetBuffer(), 0, (int)_bytes.Length);
        _writer.Dispose();
        return new(_time, line);
    }
}
