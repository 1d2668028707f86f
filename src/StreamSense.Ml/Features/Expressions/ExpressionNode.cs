namespace StreamSense.Ml.Features.Expressions;

/// <summary>A part of a parsed expression: a number, a feature, or an operation on other parts.</summary>
/// <param name="Operation">The operation; <see cref="ExpressionOperation.Constant"/> for a number or a feature.</param>
/// <param name="Number">The number, where it is one.</param>
/// <param name="Feature">The name of the feature, where it is one.</param>
/// <param name="Operands">The operands.</param>
internal sealed record ExpressionNode(ExpressionOperation Operation, double Number, string? Feature, ExpressionNode[] Operands)
{
    /// <summary>A number.</summary>
    public static ExpressionNode Of(double number) => new(ExpressionOperation.Constant, number, null, []);

    /// <summary>A feature.</summary>
    public static ExpressionNode Of(string feature) => new(ExpressionOperation.Constant, 0, feature, []);

    /// <summary>An operation.</summary>
    public static ExpressionNode Of(ExpressionOperation operation, params ExpressionNode[] operands) => new(operation, 0, null, operands);

    /// <summary>Adds the names of the features of this part.</summary>
    public void AddFeaturesTo(ISet<string> names)
    {
        if (Feature is not null)
        {
            names.Add(Feature);
        }

        foreach (ExpressionNode operand in Operands)
        {
            operand.AddFeaturesTo(names);
        }
    }
}
