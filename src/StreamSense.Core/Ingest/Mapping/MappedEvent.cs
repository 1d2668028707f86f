using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>An event that a record may become.</summary>
/// <remarks>Immutable.</remarks>
internal sealed record MappedEvent
{
    /// <summary>Its kind; none if the record says it.</summary>
    public EventKind Kind { get; init; }

    /// <summary>The text that says the kind.</summary>
    public ValueReading KindReading { get; init; } = new();

    /// <summary>The kinds by text; none for no event.</summary>
    public ValueMap<EventKind>? Kinds { get; init; }

    /// <summary>Whether a text that <see cref="Kinds"/> lacks is known: then <see cref="Else"/> is its kind.</summary>
    public bool HasElse { get; init; }

    /// <summary>The kind of a text that is not listed; none for no event.</summary>
    public EventKind Else { get; init; }

    /// <summary>The kind where the record has no text; null to refuse the record.</summary>
    public EventKind? Default { get; init; }

    /// <summary>When the record becomes this event; null for always.</summary>
    public MappedCondition? When { get; init; }

    /// <summary>Members of the schema.</summary>
    public MappedField[] Fields { get; init; } = [];

    /// <summary>Free members, by the object they belong to.</summary>
    public (JsonField Object, MappedField[] Entries)[] Objects { get; init; } = [];
}
