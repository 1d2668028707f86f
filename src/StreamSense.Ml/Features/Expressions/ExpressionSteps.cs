using System.Runtime.CompilerServices;
using StreamSense.Ml.Features.Columns;

namespace StreamSense.Ml.Features.Expressions;

/// <summary>The instructions of expressions over blocks of numbers.</summary>
/// <remarks>Each is compiled by itself, for each width: a choice between them within the loop would cost more than what they
/// compute.</remarks>
internal static class ExpressionSteps
{
    /// <summary>A computation of two numbers, of which one may be left alone.</summary>
    private interface IOperation
    {
        /// <summary>Computes some numbers.</summary>
        static abstract T Of<T>(T a, T b)
            where T : struct, ILanes<T>;
    }

    /// <summary>Computes one instruction.</summary>
    public static void Run(
        ExpressionOperation operation, ref double first, ref double second, ref double third, double number,
        in LaneTarget target)
    {
        switch (operation)
        {
            case ExpressionOperation.Constant:
                target.Fill(number);
                break;
            case ExpressionOperation.Choose:
                LaneLoop.Run(new ChooseStep(ref first, ref second, ref third), target);
                break;
            case ExpressionOperation.Add:
                Run<Add>(ref first, ref second, target);
                break;
            case ExpressionOperation.Subtract:
                Run<Subtract>(ref first, ref second, target);
                break;
            case ExpressionOperation.Multiply:
                Run<Multiply>(ref first, ref second, target);
                break;
            case ExpressionOperation.Divide:
                Run<Divide>(ref first, ref second, target);
                break;
            case ExpressionOperation.Minimum:
                Run<Minimum>(ref first, ref second, target);
                break;
            case ExpressionOperation.Maximum:
                Run<Maximum>(ref first, ref second, target);
                break;
            case ExpressionOperation.Less:
                Run<Less>(ref first, ref second, target);
                break;
            case ExpressionOperation.LessOrEqual:
                Run<LessOrEqual>(ref first, ref second, target);
                break;
            case ExpressionOperation.Equal:
                Run<Equal>(ref first, ref second, target);
                break;
            case ExpressionOperation.Unequal:
                Run<Unequal>(ref first, ref second, target);
                break;
            case ExpressionOperation.IfMissing:
                Run<IfMissing>(ref first, ref second, target);
                break;
            case ExpressionOperation.Logarithm:
                Run<Logarithm>(ref first, ref second, target);
                break;
            case ExpressionOperation.LogarithmOfOneMore:
                Run<LogarithmOfOneMore>(ref first, ref second, target);
                break;
            case ExpressionOperation.Exponential:
                Run<Exponential>(ref first, ref second, target);
                break;
            case ExpressionOperation.Root:
                Run<Root>(ref first, ref second, target);
                break;
            case ExpressionOperation.Absolute:
                Run<Absolute>(ref first, ref second, target);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation, "There is no such operation.");
        }
    }

    // A comparison with what is missing is neither true nor false.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T KeepMissing<T>(T a, T b, T value)
        where T : struct, ILanes<T> => T.Choose(T.Same(a, a), T.Choose(T.Same(b, b), value, b), a);

    private static void Run<TOperation>(ref double first, ref double second, in LaneTarget target)
        where TOperation : struct, IOperation => LaneLoop.Run(new OperationStep<TOperation>(ref first, ref second), target);

    private readonly ref struct OperationStep<TOperation>(ref double first, ref double second) : ILaneStep
        where TOperation : struct, IOperation
    {
        private readonly ref double _first = ref first;
        private readonly ref double _second = ref second;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Compute<T>(int index)
            where T : struct, ILanes<T> => TOperation.Of(T.Load(ref _first, index), T.Load(ref _second, index));
    }

    private readonly ref struct ChooseStep(ref double condition, ref double ifTrue, ref double ifFalse) : ILaneStep
    {
        private readonly ref double _condition = ref condition;
        private readonly ref double _ifTrue = ref ifTrue;
        private readonly ref double _ifFalse = ref ifFalse;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Compute<T>(int index)
            where T : struct, ILanes<T>
        {
            T truth = T.Load(ref _condition, index);
            T chosen = T.Choose(T.Same(truth, T.All(0)), T.Load(ref _ifFalse, index), T.Load(ref _ifTrue, index));
            return T.Choose(T.Same(truth, truth), chosen, truth);
        }
    }

    private readonly struct Add : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, ILanes<T> => a + b;
    }

    private readonly struct Subtract : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, ILanes<T> => a - b;
    }

    private readonly struct Multiply : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, ILanes<T> => a * b;
    }

    private readonly struct Divide : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, ILanes<T> => a / b;
    }

    private readonly struct Minimum : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, ILanes<T> => KeepMissing(a, b, T.Choose(T.Less(b, a), b, a));
    }

    private readonly struct Maximum : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, ILanes<T> => KeepMissing(a, b, T.Choose(T.Less(a, b), b, a));
    }

    private readonly struct Less : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, ILanes<T> => KeepMissing(a, b, T.Choose(T.Less(a, b), T.All(1), T.All(0)));
    }

    private readonly struct LessOrEqual : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, ILanes<T> => KeepMissing(a, b, T.Choose(T.Less(b, a), T.All(0), T.All(1)));
    }

    private readonly struct Equal : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, ILanes<T> => KeepMissing(a, b, T.Choose(T.Same(a, b), T.All(1), T.All(0)));
    }

    private readonly struct Unequal : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, ILanes<T> => KeepMissing(a, b, T.Choose(T.Same(a, b), T.All(0), T.All(1)));
    }

    private readonly struct IfMissing : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, ILanes<T> => T.Choose(T.Same(a, a), a, b);
    }

    private readonly struct Logarithm : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, ILanes<T> => LaneMath.Logarithm(a);
    }

    private readonly struct LogarithmOfOneMore : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, ILanes<T> => LaneMath.LogarithmOfOneMore(a);
    }

    private readonly struct Exponential : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, ILanes<T> => LaneMath.Exponential(a);
    }

    private readonly struct Root : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, ILanes<T> => T.Root(a);
    }

    private readonly struct Absolute : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b)
            where T : struct, ILanes<T> => T.Choose(T.Less(a, T.All(0)), T.All(0) - a, a);
    }
}
