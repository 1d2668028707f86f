namespace StreamSense.Ml.Features.Expressions;

/// <summary>One step of a compiled expression.</summary>
/// <param name="Operation">What is computed.</param>
/// <param name="Target">Where the result goes.</param>
/// <param name="First">The first operand.</param>
/// <param name="Second">The second operand.</param>
/// <param name="Third">The third operand.</param>
/// <param name="Number">The number of a constant.</param>
internal readonly record struct ExpressionInstruction(
    ExpressionOperation Operation, int Target, int First, int Second, int Third, double Number);
