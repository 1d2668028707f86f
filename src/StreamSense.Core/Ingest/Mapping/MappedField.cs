using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>A canonical member, and how a record of the source gives its value.</summary>
/// <remarks>Immutable.</remarks>
internal sealed record MappedField
{
    public JsonField Member { get; init; }

    /// <summary>The name of a member of <c>fields</c>, <c>attributes</c> or <c>variants</c>; empty for one of the schema.</summary>
    public byte[] Key { get; init; } = [];

    /// <summary>What a message calls the member.</summary>
    public string Name { get; init; } = "";

    public MemberType Type { get; init; }

    /// <summary>JSON that stands for every record; null if the record says it.</summary>
    public byte[]? Constant { get; init; }

    public ValueReading Reading { get; init; } = new();

    /// <summary>JSON for the texts of the source; null if they speak for themselves.</summary>
    public ValueMap<byte[]?>? Map { get; init; }

    /// <summary>Whether a text that the map lacks is known: then <see cref="Else"/> stands for it.</summary>
    public bool HasElse { get; init; }

    /// <summary>JSON for a text that the map lacks; null for no value.</summary>
    public byte[]? Else { get; init; }

    /// <summary>JSON where the record has no value; null for none.</summary>
    public byte[]? Default { get; init; }

    public UnitFactor Factor { get; init; } = UnitFactor.One;

    public TimeFormat? Time { get; init; }

    /// <summary>What stands between the elements of a list; empty if the text is its only element.</summary>
    public byte[] Split { get; init; } = [];

    /// <summary>The space that an id belongs to, with what separates it.</summary>
    public byte[] Prefix { get; init; } = [];

    /// <summary>Whether a record without a value is refused.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether a value that cannot be read is none.</summary>
    public bool IsLenient { get; init; }
}
