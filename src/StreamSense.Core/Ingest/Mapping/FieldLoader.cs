using System.Globalization;
using System.Text;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Loads the fields of an event.</summary>
internal sealed class FieldLoader(SourceSlots slots, string idSpace)
{
    private const int MaxMap = 4096;

    private static readonly string[] _objects = ["fields", "attributes", "variants"];
    private static readonly string[] _forms = ["text", "number", "boolean", "json"];

    /// <exception cref="MappingException">It cannot be so.</exception>
    public MappedField Load(MappingNode node)
    {
        JsonField member = Member(node, out string key);
        MemberType type = key.Length > 0 ? MemberType.Free : MemberTypes.TypeOf(member);
        var field = new MappedField { Member = member, Name = node.Name, Key = Encoding.UTF8.GetBytes(key), Type = type };

        // The name of a scale is what the schema calls it, so that it needs no object around it.
        bool isScale = type == MemberType.Scale && node.IsText && ConstantCheck.Scales.Contains(node.Text, StringComparer.Ordinal);
        if (isScale || (!node.IsObject && !node.IsText))
        {
            return field with { Constant = Constant(node, field) };
        }

        if (node.IsObject)
        {
            node.Know(MappingMembers.Field);
            MappingNode? value = node.Member("value");
            if (value is not null)
            {
                MappingNode? other = node.Children.Find(child => child.Name is not ("value" or "description"));
                return other is null
                    ? field with { Constant = Constant(value, field) }
                    : throw other.Error("'value' is a constant: nothing else applies to it");
            }
        }

        field = field with
        {
            Type = As(node.Member("as"), type),
            Reading = ReadingLoader.Load(node, slots),
            Prefix = Prefix(node.Member("prefix"), member, type),
        };
        if (node.IsText)
        {
            return field with { Time = type == MemberType.Instant ? new TimeFormat(null, null) : null };
        }

        MappingNode? map = node.Member("map");
        MappingNode? rest = Needs(node.Member("else"), map, "map");
        return field with
        {
            Map = map is null ? null : new ValueMap<byte[]?>(Pairs(map, field)),
            HasElse = rest is not null,
            Else = rest is null ? null : Element(rest, field),
            Default = node.Member("default") is { } fallback ? Constant(fallback, field) : null,
            Factor = Unit(node.Member("unit"), type),
            Time = Time(node, type),
            Split = Split(node.Member("split"), type),
            IsRequired = node.TruthOf("required"),
            IsLenient = node.TruthOf("lenient"),
        };
    }

    private static JsonField Member(MappingNode node, out string key)
    {
        key = "";
        int dot = node.Name.IndexOf('.', StringComparison.Ordinal);
        string name = dot < 0 ? node.Name : node.Name[..dot];
        if (dot >= 0)
        {
            key = node.Name[(dot + 1)..];
            if (!_objects.Contains(name, StringComparer.Ordinal) || key.Length == 0)
            {
                throw node.Error($"only {string.Join(", ", _objects)} have members of their own, as in 'fields.amount'");
            }
        }

        return MemberTypes.Names.Contains(name)
            ? JsonFieldNames.Find(Encoding.UTF8.GetBytes(name))
            : throw node.Error($"an event has no member '{name}';{NearestName.Hint(name, MemberTypes.Names)}");
    }

    private static byte[] Constant(MappingNode node, MappedField field) =>
        ConstantCheck.Read(node, field.Member, field.Type)
        ?? throw node.Error("expected a value; to leave a shared field out of an event, write null in the event's own fields");

    // In a list the map stands for its elements.
    private static byte[]? Element(MappingNode node, MappedField field) =>
        ConstantCheck.Read(node, field.Member, field.Type == MemberType.Texts ? MemberType.Text : field.Type);

    private static MappingNode? Needs(MappingNode? node, MappingNode? other, string name) =>
        node is null || other is not null ? node : throw node.Error($"it applies only beside '{name}'");

    private static IEnumerable<KeyValuePair<string, byte[]?>> Pairs(MappingNode map, MappedField field)
    {
        if (!map.IsObject || map.Children.Count is 0 or > MaxMap)
        {
            throw map.Error($"expected an object of 1 to {MaxMap} members: a text of the source, and what stands for it");
        }

        return map.Children.Select(pair => KeyValuePair.Create(pair.Name, Element(pair, field)));
    }

    private static MemberType As(MappingNode? node, MemberType type) => node switch
    {
        null => type,
        _ when type != MemberType.Free => throw node.Error("only members of fields, attributes and variants may choose what they are"),
        _ => node.AsOneOf(_forms) switch
        {
            "text" => MemberType.Text,
            "number" => MemberType.Number,
            "boolean" => MemberType.Truth,
            _ => MemberType.Object,
        },
    };

    private static UnitFactor Unit(MappingNode? node, MemberType type)
    {
        if (node is null)
        {
            return UnitFactor.One;
        }

        string[] units = UnitFactor.NamesFor(type);
        return units.Length > 0
            ? UnitFactor.Of(node.AsOneOf(units), type)
            : throw node.Error("this member has no unit");
    }

    private static TimeFormat? Time(MappingNode node, MemberType type)
    {
        MappingNode? time = node.Member("time");
        MappingNode? zone = node.Member("zone");
        if (type != MemberType.Instant)
        {
            return (time ?? zone) is { } stray ? throw stray.Error("this member is no time") : null;
        }

        TimeZoneInfo? place = zone is null ? null : Zone(zone);
        try
        {
            var format = new TimeFormat(time?.AsText(), place);
            return zone is null || format.TakesZone ? format : throw zone.Error("a zone applies only to a pattern");
        }
        catch (FormatException exception)
        {
            throw (time ?? node).Error($"{exception.Message};{NearestName.Hint(time?.Text ?? "", TimeFormat.Names)}, or a pattern");
        }
    }

    private static TimeZoneInfo Zone(MappingNode node)
    {
        string name = node.AsText();
        if (name[0] is '+' or '-')
        {
            return name.Length == 6 && TimeSpan.TryParseExact(name[1..], "hh\\:mm", CultureInfo.InvariantCulture, out TimeSpan offset)
                && offset.TotalHours <= 14
                ? TimeZoneInfo.CreateCustomTimeZone(name, name[0] == '-' ? -offset : offset, name, name)
                : throw node.Error("expected an offset such as +02:00");
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)
            ? zone
            : throw node.Error($"this machine knows no time zone '{name}'; expected an IANA name such as Europe/Berlin, or an offset");
    }

    private static byte[] Split(MappingNode? node, MemberType type) =>
        node is null ? []
        : type == MemberType.Texts ? Encoding.UTF8.GetBytes(node.AsText())
        : throw node.Error("this member is no list");

    private byte[] Prefix(MappingNode? node, JsonField member, MemberType type)
    {
        if (node is not null)
        {
            return type is MemberType.Id or MemberType.Text
                ? Encoding.UTF8.GetBytes(node.AsText(canBeEmpty: true))
                : throw node.Error("only ids and texts take a prefix");
        }

        return type == MemberType.Id && idSpace.Length > 0 ? Encoding.UTF8.GetBytes(idSpace + ":") : [];
    }
}
