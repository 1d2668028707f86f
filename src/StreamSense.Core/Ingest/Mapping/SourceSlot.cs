using System.Text.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Where a value that the mapping asks for stands in a record.</summary>
internal struct SourceSlot
{
    /// <summary>What it is; none if the record lacks it.</summary>
    public JsonTokenType Token;

    /// <summary>Whether escapes (of JSON, or doubled quotes) have to be taken out.</summary>
    public bool IsEscaped;

    /// <summary>Where it begins; a text without its quotes.</summary>
    public int Start;

    /// <summary>How long it is.</summary>
    public int Length;
}
