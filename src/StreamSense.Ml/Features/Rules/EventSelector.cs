using System.Collections.Immutable;

namespace StreamSense.Ml.Features.Rules;

/// <summary>Which signals a feature takes, and what each of them counts.</summary>
/// <remarks>Immutable; two selectors with the same content are equal, and features that share one share its state.</remarks>
public sealed class EventSelector : IEquatable<EventSelector>
{
    private readonly string _text;

    /// <summary>Creates a selector that counts signals.</summary>
    /// <param name="on">The signals; at least one.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public EventSelector(params ReadOnlySpan<FeatureSignal> on)
        : this([.. on], SignalValue.One, [])
    {
    }

    /// <summary>Creates a selector.</summary>
    /// <param name="on">The signals; at least one.</param>
    /// <param name="weight">What each counts.</param>
    /// <param name="where">What must hold, all of it.</param>
    /// <exception cref="ArgumentException">There is no signal.</exception>
    public EventSelector(ImmutableArray<FeatureSignal> on, SignalValue weight, ImmutableArray<SignalCondition> where)
    {
        if (on.IsDefaultOrEmpty)
        {
            throw new ArgumentException("A selector takes at least one signal.", nameof(on));
        }

        On = [.. on.Distinct().OrderBy(signal => signal.Value)];
        Weight = weight;
        Where = where.IsDefault ? [] : where;
        _text = $"{string.Join('|', On)}*{weight}[{string.Join('&', Where)}]";
    }

    /// <summary>The signals.</summary>
    public ImmutableArray<FeatureSignal> On { get; }

    /// <summary>What each counts.</summary>
    public SignalValue Weight { get; }

    /// <summary>What must hold, all of it.</summary>
    public ImmutableArray<SignalCondition> Where { get; }

    /// <summary>The same signals, of which each counts something else.</summary>
    /// <param name="weight">What each counts.</param>
    public EventSelector Weighing(SignalValue weight) => new(On, weight, Where);

    /// <summary>The same signals as far as a further condition holds.</summary>
    /// <param name="condition">The condition.</param>
    public EventSelector If(SignalCondition condition) => new(On, Weight, Where.Add(condition));

    /// <inheritdoc/>
    public bool Equals(EventSelector? other) => other is not null && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EventSelector);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    /// <summary>The selector as text; the same text means the same selector.</summary>
    public override string ToString() => _text;
}
