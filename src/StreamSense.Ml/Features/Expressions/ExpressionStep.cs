using StreamSense.Ml.Features.Columns;

namespace StreamSense.Ml.Features.Expressions;

/// <summary>One instruction on a few candidates at once.</summary>
internal readonly ref struct ExpressionStep(
    ExpressionOperation operation, ref double first, ref double second, ref double third, double number) : ILaneStep
{
    private readonly ref double _first = ref first;
    private readonly ref double _second = ref second;
    private readonly ref double _third = ref third;

    /// <inheritdoc/>
    public T Compute<T>(int index)
        where T : struct, ILanes<T>
    {
        T a = T.Load(ref _first, index);
        T b = T.Load(ref _second, index);
        return operation switch
        {
            ExpressionOperation.Constant => T.All(number),
            ExpressionOperation.Add => a + b,
            ExpressionOperation.Subtract => a - b,
            ExpressionOperation.Multiply => a * b,
            ExpressionOperation.Divide => a / b,
            ExpressionOperation.Minimum => KeepMissing(a, b, T.Choose(T.Less(b, a), b, a)),
            ExpressionOperation.Maximum => KeepMissing(a, b, T.Choose(T.Less(a, b), b, a)),
            ExpressionOperation.Less => KeepMissing(a, b, T.Choose(T.Less(a, b), T.All(1), T.All(0))),
            ExpressionOperation.LessOrEqual => KeepMissing(a, b, T.Choose(T.Less(b, a), T.All(0), T.All(1))),
            ExpressionOperation.Equal => KeepMissing(a, b, T.Choose(T.Same(a, b), T.All(1), T.All(0))),
            ExpressionOperation.Unequal => KeepMissing(a, b, T.Choose(T.Same(a, b), T.All(0), T.All(1))),
            ExpressionOperation.Logarithm => LaneMath.Logarithm(a),
            ExpressionOperation.LogarithmOfOneMore => LaneMath.LogarithmOfOneMore(a),
            ExpressionOperation.Exponential => LaneMath.Exponential(a),
            ExpressionOperation.Root => T.Root(a),
            ExpressionOperation.Absolute => T.Choose(T.Less(a, T.All(0)), T.All(0) - a, a),
            ExpressionOperation.IfMissing => T.Choose(T.Same(a, a), a, b),
            _ => Decide(a, b, T.Load(ref _third, index)),
        };
    }

    // A comparison with what is missing is neither true nor false.
    private static T KeepMissing<T>(T a, T b, T value)
        where T : struct, ILanes<T> => T.Choose(T.Same(a, a), T.Choose(T.Same(b, b), value, b), a);

    private static T Decide<T>(T condition, T ifTrue, T ifFalse)
        where T : struct, ILanes<T> =>
        T.Choose(T.Same(condition, condition), T.Choose(T.Same(condition, T.All(0)), ifFalse, ifTrue), condition);
}
