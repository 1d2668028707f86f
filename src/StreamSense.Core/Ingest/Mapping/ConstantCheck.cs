using System.Text;
using System.Text.Json;
using StreamSense.Core.Ingest.Json;

namespace StreamSense.Core.Ingest.Mapping;

/// <summary>Checks the constants of a mapping when it is loaded, so that no record has to fail for them.</summary>
internal static class ConstantCheck
{
    /// <summary>The scales that have names.</summary>
    public static readonly string[] Scales = ["stars5", "stars10", "thumbs", "percent"];

    /// <summary>The constant as JSON; null if the file says null.</summary>
    /// <exception cref="MappingException">The member cannot hold it.</exception>
    public static byte[]? Read(MappingNode node, JsonField member, MemberType type)
    {
        if (node.IsNull)
        {
            return null;
        }

        switch (type)
        {
            case MemberType.Text or MemberType.Id:
                Expect(node, node.Token is JsonTokenType.String or JsonTokenType.Number, "a text");
                return node.IsText ? node.Raw : [(byte)'"', .. node.Raw, (byte)'"'];
            case MemberType.Truth:
                Expect(node, node.Token is JsonTokenType.True or JsonTokenType.False, "true or false");
                break;
            case MemberType.Instant:
                bool isTime = node.Token == JsonTokenType.Number
                    || (node.IsText && Rfc3339.TryParse(Encoding.UTF8.GetBytes(node.Text), dateAlone: true, out _));
                Expect(node, isTime, "an RFC 3339 time or milliseconds since 1970");
                break;
            case MemberType.Choice:
                CheckChoice(node, member);
                break;
            case MemberType.Texts:
                CheckTexts(node, member);
                break;
            case MemberType.Object:
                Expect(node, node.IsObject, "an object");
                break;
            case MemberType.Scale:
                CheckScale(node);
                break;
            case MemberType.Free:
                break;
            default:
                Expect(node, node.Token == JsonTokenType.Number, "a number");
                break;
        }

        return node.Raw;
    }

    private static void Expect(MappingNode node, bool isSo, string what)
    {
        if (!isSo)
        {
            throw node.Error($"expected {what}, found {node.Spelling()}");
        }
    }

    private static void CheckChoice(MappingNode node, JsonField member)
    {
        var words = new List<string>();
        foreach (ChoiceTexts choices in MemberTypes.ChoicesOf(member))
        {
            words.AddRange(choices.Rule["expected one of ".Length..].Split(", "));
        }

        node.AsOneOf([.. words.Distinct(StringComparer.Ordinal)]);
    }

    private static void CheckTexts(MappingNode node, JsonField member)
    {
        Expect(node, node.IsArray, "an array of texts");
        foreach (MappingNode element in node.Children)
        {
            Expect(element, element.IsText, "a text");
            if (member == JsonField.Consent)
            {
                CheckChoice(element, member);
            }
        }
    }

    private static void CheckScale(MappingNode node)
    {
        if (!node.IsArray)
        {
            Expect(node, node.IsText, "a scale: one of " + string.Join(", ", Scales) + ", or [minimum, maximum]");
            node.AsOneOf(Scales);
            return;
        }

        bool isRange = node.Children.Count == 2
            && node.Children.TrueForAll(bound => bound.Token == JsonTokenType.Number)
            && Number(node.Children[0]) < Number(node.Children[1]);
        Expect(node, isRange, "[minimum, maximum] with the minimum below the maximum");
    }

    private static double Number(MappingNode node) => double.Parse(node.Text, System.Globalization.CultureInfo.InvariantCulture);
}
