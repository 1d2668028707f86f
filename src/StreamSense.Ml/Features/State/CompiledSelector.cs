using System.Collections.Immutable;
using StreamSense.Ml.Features.Rules;

namespace StreamSense.Ml.Features.State;

/// <summary>A selector with its names hashed.</summary>
internal sealed class CompiledSelector(EventSelector selector, int index, DimensionKeys keys)
{
    private readonly ImmutableArray<SignalCondition> _where = selector.Where;
    private readonly ulong[] _names = [.. selector.Where.Select(condition => NameHash.Of(condition.Name))];

    /// <summary>The selector.</summary>
    public EventSelector Selector => selector;

    /// <summary>Its place among those of the set.</summary>
    public int Index => index;

    /// <summary>What a signal counts; NaN if it is not taken. Its kind was looked at before.</summary>
    public double WeightOf(in Occurrence occurrence)
    {
        double weight = occurrence[selector.Weight];
        for (int i = 0; i < _where.Length && !double.IsNaN(weight); i++)
        {
            SignalCondition condition = _where[i];
            bool holds = condition.Value is { } value
                ? Holds(condition, occurrence[value])
                : keys.TextOf(occurrence, condition.Text!.Value) == _names[i] != condition.Negated;
            weight = holds ? weight : double.NaN;
        }

        return weight;
    }

    private static bool Holds(SignalCondition condition, double number) =>
        condition.IsUpperLimit ? number < condition.Limit : number >= condition.Limit;
}
