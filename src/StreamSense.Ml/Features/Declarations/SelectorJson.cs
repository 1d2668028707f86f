using System.Collections.Immutable;
using System.Text.Json;
using StreamSense.Ml.Features.Rules;

namespace StreamSense.Ml.Features.Declarations;

/// <summary>Selectors as JSON: <c>{"on": ["view_started"], "weight": "one", "where": [{"value": "watched_share", "at_least":
/// 0.5}]}</c>.</summary>
internal static class SelectorJson
{
    /// <summary>Reads a selector that must be there.</summary>
    public static EventSelector Read(DeclarationNode node, string name) =>
        ReadOrNull(node, name) ?? throw node.Wrong(name, "is missing.");

    /// <summary>Reads a selector.</summary>
    public static EventSelector? ReadOrNull(DeclarationNode node, string name)
    {
        if (node.Child(name) is not { } child)
        {
            return null;
        }

        var on = ImmutableArray.CreateBuilder<FeatureSignal>();
        foreach (string text in child.Texts("on"))
        {
            on.Add(FeatureSignal.TryParse(text, out FeatureSignal signal)
                ? signal : throw child.Wrong("on", $"there is no signal '{text}'."));
        }

        if (on.Count == 0)
        {
            throw child.Wrong("on", "a selector takes at least one signal.");
        }

        ImmutableArray<SignalCondition> where = [.. child.Children("where").Select(ReadCondition)];
        var selector = new EventSelector(on.ToImmutable(), child.Choice("weight", SignalValue.One), where);
        child.End();
        return selector;
    }

    /// <summary>Writes a selector.</summary>
    public static void Write(Utf8JsonWriter writer, string name, EventSelector selector)
    {
        writer.WriteStartObject(name);
        writer.WriteStartArray("on"u8);
        foreach (FeatureSignal signal in selector.On)
        {
            writer.WriteStringValue(signal.ToString());
        }

        writer.WriteEndArray();
        writer.WriteString("weight"u8, DeclarationNode.NameOf(selector.Weight));
        if (!selector.Where.IsEmpty)
        {
            writer.WriteStartArray("where"u8);
            foreach (SignalCondition condition in selector.Where)
            {
                WriteCondition(writer, condition);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static SignalCondition ReadCondition(DeclarationNode node)
    {
        SignalCondition condition;
        if (node.Has("value"))
        {
            SignalValue value = node.Choice<SignalValue>("value");
            condition = node.Has("at_least")
                ? SignalCondition.AtLeast(value, node.Number("at_least", 0))
                : SignalCondition.Below(value, node.Has("below") ? node.Number("below", 0) : throw node.Wrong("below", "is missing."));
        }
        else
        {
            SignalText text = node.Choice<SignalText>("text");
            condition = node.Has("is") ? SignalCondition.Is(text, node.Text("is")) : SignalCondition.IsNot(text, node.Text("is_not"));
        }

        node.End();
        return condition;
    }

    private static void WriteCondition(Utf8JsonWriter writer, SignalCondition condition)
    {
        writer.WriteStartObject();
        if (condition.Value is { } value)
        {
            writer.WriteString("value"u8, DeclarationNode.NameOf(value));
            writer.WriteNumber(condition.IsUpperLimit ? "below"u8 : "at_least"u8, condition.Limit);
        }
        else
        {
            writer.WriteString("text"u8, DeclarationNode.NameOf(condition.Text!.Value));
            writer.WriteString(condition.Negated ? "is_not"u8 : "is"u8, condition.Name);
        }

        writer.WriteEndObject();
    }
}
