using System.Globalization;

namespace StreamSense.Ml.Features.Rules;

/// <summary>A condition on what a signal carries.</summary>
/// <remarks>Immutable. A signal without the number or name asked for does not fulfil a condition, <see cref="IsNot"/> apart.</remarks>
public sealed record SignalCondition
{
    private SignalCondition(SignalValue? value, SignalText? text)
    {
        Value = value;
        Text = text;
    }

    internal SignalValue? Value { get; }

    internal SignalText? Text { get; }

    internal double Limit { get; private init; }

    internal bool IsUpperLimit { get; private init; }

    internal string Name { get; private init; } = "";

    internal bool Negated { get; private init; }

    /// <summary>A number of at least a limit.</summary>
    /// <param name="value">The number.</param>
    /// <param name="limit">The limit, which fulfils the condition.</param>
    public static SignalCondition AtLeast(SignalValue value, double limit) => new(value, null) { Limit = limit };

    /// <summary>A number below a limit.</summary>
    /// <param name="value">The number.</param>
    /// <param name="limit">The limit, which does not fulfil the condition.</param>
    public static SignalCondition Below(SignalValue value, double limit) => new(value, null) { Limit = limit, IsUpperLimit = true };

    /// <summary>A name that is given.</summary>
    /// <param name="text">Which name.</param>
    /// <param name="name">What it must be.</param>
    public static SignalCondition Is(SignalText text, string name) => new(null, text) { Name = name };

    /// <summary>A name that is another one, or is not given.</summary>
    /// <param name="text">Which name.</param>
    /// <param name="name">What it must not be.</param>
    public static SignalCondition IsNot(SignalText text, string name) => new(null, text) { Name = name, Negated = true };

    /// <summary>The condition as text; the same text means the same condition.</summary>
    public override string ToString() => Value is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"{value}{(IsUpperLimit ? "<" : ">=")}{Limit:R}")
        : $"{Text}{(Negated ? "!=" : "=")}{Name}";
}
