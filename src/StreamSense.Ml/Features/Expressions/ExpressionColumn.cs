using StreamSense.Ml.Features.Columns;

namespace StreamSense.Ml.Features.Expressions;

/// <summary>A column that is computed from others.</summary>
internal sealed class ExpressionColumn(ExpressionProgram program, bool isConstant) : Column
{
    /// <inheritdoc/>
    public override bool IsConstant => isConstant;

    /// <inheritdoc/>
    public override void Compute(FillScratch scratch, in LaneTarget target) => program.Run(scratch.Values, target);
}
