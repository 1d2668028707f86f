namespace StreamSense.Ml.Features.Rules;

/// <summary>A number computed from other features of the set.</summary>
/// <remarks>Numbers, names of features, <c>+ - * /</c>, comparisons (1 or 0), and <c>min max log log1p exp sqrt abs if if_missing</c>. An operand that is
/// missing makes the result missing, except in <c>if_missing(a, b)</c>; so does what has no finite value.
/// Of any scope: what is declared to be a person's is missing without consent.</remarks>
/// <param name="Text">The expression, for example <c>log1p(title.plays) * title.freshness</c>.</param>
public sealed record ExpressionRule(string Text) : FeatureRule;
