namespace StreamSense.Core.Ingest.Mapping;

/// <summary>A mapping, compiled.</summary>
/// <remarks>Immutable.</remarks>
internal sealed record MappingProgram
{
    public required SourceForm Form { get; init; }

    public required SourceSlots Slots { get; init; }

    /// <summary>The rules that leave a record out, in their order.</summary>
    public (string Rule, MappedCondition When)[] Drops { get; init; } = [];

    public MappedEvent[] Events { get; init; } = [];

    /// <summary>Whether a record that becomes no event is left out rather than refused.</summary>
    public bool ExcludesTheRest { get; init; }
}
