namespace StreamSense.Ml.Features.Segments.Rules;

/// <summary>How two values are compared.</summary>
internal enum RuleOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
