namespace StreamSense.Ml.Features.Expressions;

/// <summary>What one instruction of a compiled expression computes.</summary>
internal enum ExpressionOperation : byte
{
    Constant,
    Add,
    Subtract,
    Multiply,
    Divide,
    Minimum,
    Maximum,
    Less,
    LessOrEqual,
    Equal,
    Unequal,
    Logarithm,
    LogarithmOfOneMore,
    Exponential,
    Root,
    Absolute,
    Choose,
    IfMissing,
}
