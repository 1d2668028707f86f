using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Features.Declarations;

/// <summary>Feature sets as JSON.</summary>
internal static class FeatureSetJson
{
    /// <summary>Reads the features of a set.</summary>
    /// <exception cref="FeatureSetException">It is no set; the message says where and why.</exception>
    public static ImmutableArray<FeatureDefinition> Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip };
            using JsonDocument document = JsonDocument.Parse(json.ToArray(), options);
            var root = new DeclarationNode(document.RootElement, "");
            ImmutableArray<FeatureDefinition> features = [.. root.Children("features").Select(ReadFeature)];
            root.End();
            return features;
        }
        catch (JsonException defect)
        {
            throw new FeatureSetException("json", defect.Message);
        }
    }

    /// <summary>Writes the features of a set.</summary>
    public static string Write(ImmutableArray<FeatureDefinition> features)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("features"u8);
            foreach (FeatureDefinition feature in features)
            {
                WriteFeature(writer, feature);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static FeatureDefinition ReadFeature(DeclarationNode node)
    {
        var feature = new FeatureDefinition(node.Text("name"), node.Choice("scope", FeatureScope.Request), node.Whole("revision", 1))
        {
            Dimension = node.Choice("dimension", FeatureDimension.None),
            Ttl = node.DurationOrNull("ttl"),
            Default = (float)node.Number("default", double.NaN),
            Purposes = ReadPurposes(node),
            Rule = RuleJson.Read(node),
        };
        node.End();
        return feature;
    }

    private static ConsentPurposes? ReadPurposes(DeclarationNode node)
    {
        if (!node.Has("consent"))
        {
            return null;
        }

        ConsentPurposes purposes = ConsentPurposes.None;
        foreach (string name in node.Texts("consent"))
        {
            purposes |= name switch
            {
                "measurement" => ConsentPurposes.Measurement,
                "personalisation" => ConsentPurposes.Personalisation,
                "sharing" => ConsentPurposes.Sharing,
                "social" => ConsentPurposes.Social,
                _ => throw node.Wrong("consent", $"'{name}' is none of measurement, personalisation, sharing, social."),
            };
        }

        return purposes;
    }

    private static void WriteFeature(Utf8JsonWriter writer, FeatureDefinition feature)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, feature.Name);
        writer.WriteString("scope"u8, DeclarationNode.NameOf(feature.Scope));
        if (feature.Revision != 1)
        {
            writer.WriteNumber("revision"u8, feature.Revision);
        }

        if (feature.Scope is FeatureScope.TitleSegment or FeatureScope.Dimension)
        {
            writer.WriteString("dimension"u8, DeclarationNode.NameOf(feature.Dimension));
        }

        if (feature.Ttl is { } ttl)
        {
            writer.WriteString("ttl"u8, DurationText.Of(ttl));
        }

        if (float.IsFinite(feature.Default))
        {
            writer.WriteNumber("default"u8, feature.Default);
        }

        if (feature.Purposes is { } purposes)
        {
            WritePurposes(writer, purposes);
        }

        RuleJson.Write(writer, feature.Rule!);
        writer.WriteEndObject();
    }

    private static void WritePurposes(Utf8JsonWriter writer, ConsentPurposes purposes)
    {
        writer.WriteStartArray("consent"u8);
        foreach (ConsentPurposes purpose in (ReadOnlySpan<ConsentPurposes>)
            [ConsentPurposes.Measurement, ConsentPurposes.Personalisation, ConsentPurposes.Sharing, ConsentPurposes.Social])
        {
            if ((purposes & purpose) != 0)
            {
                writer.WriteStringValue(DeclarationNode.NameOf(purpose));
            }
        }

        writer.WriteEndArray();
    }
}
