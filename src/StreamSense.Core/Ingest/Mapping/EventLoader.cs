using System.Text;
using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Loads the events that a record may become.</summary>
internal sealed class EventLoader(SourceSlots slots, FieldLoader fields, MappingNode? sharedFields)
{
    private static readonly string[] _kinds =
        [.. Enumerable.Range(1, EventKindNames.Count - 1).Select(kind => EventKindNames.NameOf((EventKind)kind))];

    // What the host may know of a body stands in where the source does not say it.
    private static readonly FieldSet _fromOrigin = FieldSet.Of(JsonField.Viewer).With(JsonField.Household).With(JsonField.Device)
        .With(JsonField.Title).With(JsonField.Cdn).With(JsonField.Consent);

    /// <exception cref="MappingException">It cannot be so.</exception>
    public MappedEvent Load(MappingNode node)
    {
        node.Know(MappingMembers.Event);
        MappingNode kind = node.Require("kind");
        var mapped = new MappedEvent { When = node.Member("when") is { } when ? ConditionLoader.Load(when, slots) : null };
        var kinds = new List<EventKind>();
        mapped = kind.IsText ? mapped with { Kind = Kind(kind, kinds) } : ByText(mapped, kind, kinds);

        MappedField[] all = [.. Merged(node.Member("fields")).Select(fields.Load)];
        FieldSet set = all.Aggregate(default(FieldSet), (known, field) => known.With(field.Member));
        foreach (EventKind each in kinds)
        {
            CheckComplete(node, each, set);
        }

        return mapped with
        {
            Fields = [.. all.Where(field => field.Key.Length == 0).Select(field => Demand(field, mapped.Kind, set))],
            Objects = [.. all.Where(field => field.Key.Length > 0)
                .GroupBy(field => field.Member)
                .Select(group => (group.Key, group.ToArray()))],
        };
    }

    private static MappedEvent WithKinds(MappedEvent mapped, MappingNode node, MappingNode map, List<EventKind> kinds)
    {
        if (!map.IsObject || map.Children.Count == 0)
        {
            throw map.Error("expected an object: a text of the source, and its kind or null");
        }

        MappingNode? rest = node.Member("else");
        MappingNode? fallback = node.Member("default");
        return mapped with
        {
            Kinds = new ValueMap<EventKind>([.. map.Children.Select(pair => KeyValuePair.Create(pair.Name, Kind(pair, kinds)))]),
            HasElse = rest is not null,
            Else = rest is null ? EventKind.None : Kind(rest, kinds),
            Default = fallback is null ? null : Kind(fallback, kinds),
        };
    }

    private static EventKind Kind(MappingNode node, List<EventKind> kinds)
    {
        if (node.IsNull && node.Name is not "kind")
        {
            return EventKind.None;
        }

        if (!EventKindNames.TryParse(Encoding.UTF8.GetBytes(node.AsText()), out EventKind kind))
        {
            throw node.Error($"there is no kind '{node.Text}';{NearestName.Hint(node.Text, _kinds)}");
        }

        kinds.Add(kind);
        return kind;
    }

    private static void CheckComplete(MappingNode node, EventKind kind, FieldSet set)
    {
        JsonField alternative = JsonField.Count;
        JsonField missing = set.Contains(JsonField.Time)
            ? KindRequirements.FirstMissing(kind, set | _fromOrigin, out alternative)
            : JsonField.Time;
        if (missing != JsonField.Count)
        {
            string other = alternative == JsonField.Count ? "" : $" or '{JsonFieldNames.NameOf(alternative)}'";
            throw node.Error($"an event of kind {EventKindNames.NameOf(kind)} needs '{JsonFieldNames.NameOf(missing)}'{other}");
        }
    }

    // What the kind requires is required of the source, so that a refusal names the column and not only the member.
    private static MappedField Demand(MappedField field, EventKind kind, FieldSet set)
    {
        bool isRequired = field.Member == JsonField.Time
            || (kind != EventKind.None && !_fromOrigin.Contains(field.Member)
                && KindRequirements.FirstMissing(kind, set.Except(FieldSet.Of(field.Member)) | _fromOrigin, out _) == field.Member);
        return field with { IsRequired = field.IsRequired || isRequired };
    }

    private MappedEvent ByText(MappedEvent mapped, MappingNode node, List<EventKind> kinds)
    {
        node.Know(MappingMembers.Kind);
        return WithKinds(mapped with { KindReading = ReadingLoader.Load(node, slots) }, node, node.Require("map"), kinds);
    }

    private IEnumerable<MappingNode> Merged(MappingNode? own)
    {
        var merged = new Dictionary<string, MappingNode>(StringComparer.Ordinal);
        foreach (MappingNode? group in (ReadOnlySpan<MappingNode?>)[sharedFields, own])
        {
            if (group is { IsObject: false })
            {
                throw group.Error("expected an object");
            }

            foreach (MappingNode field in group?.Children ?? [])
            {
                merged[field.Name] = field;
            }
        }

        return merged.Values.Where(field => !(field.Token == JsonTokenType.Null && (own?.Children.Contains(field) ?? false)));
    }
}
