using System.Text.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>A value of a source.</summary>
internal readonly ref struct SourceValue(JsonTokenType token, ReadOnlySpan<byte> text)
{
    /// <summary>What it is; none if it is absent. Values of delimited sources are texts.</summary>
    public JsonTokenType Token { get; } = token;

    /// <summary>The text without escapes, or the spelling of anything else.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    public bool IsAbsent => Token == JsonTokenType.None;

    public bool IsTree => Token is JsonTokenType.StartObject or JsonTokenType.StartArray;
}
