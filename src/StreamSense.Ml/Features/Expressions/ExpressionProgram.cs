using StreamSense.Ml.Features.Columns;

namespace StreamSense.Ml.Features.Expressions;

/// <summary>An expression as a flat run of instructions over blocks of numbers.</summary>
/// <remarks>The blocks are the columns of the vector, and behind them registers, of which a part needs one until it is used.</remarks>
internal sealed class ExpressionProgram
{
    private const int MostInstructions = 1024;

    private readonly List<ExpressionInstruction> _compiled = [];
    private readonly ExpressionInstruction[] _instructions;
    private readonly Func<string, int> _columnOf;
    private readonly int _firstRegister;
    private readonly string _path;
    private readonly int _result;

    /// <summary>Compiles an expression.</summary>
    /// <param name="root">The expression.</param>
    /// <param name="columnOf">The columns of features.</param>
    /// <param name="firstRegister">The first block that is free.</param>
    /// <param name="path">What to name it by in an exception.</param>
    public ExpressionProgram(ExpressionNode root, Func<string, int> columnOf, int firstRegister, string path)
    {
        _columnOf = columnOf;
        _firstRegister = firstRegister;
        _path = path;
        _result = Compile(root, firstRegister);
        _instructions = [.. _compiled];
    }

    /// <summary>How many registers it needs.</summary>
    public int Registers { get; private set; }

    /// <summary>Computes a block.</summary>
    /// <param name="blocks">Columns and registers.</param>
    /// <param name="target">Where the result goes.</param>
    public void Run(Span<double> blocks, in LaneTarget target)
    {
        int last = _instructions.Length - 1;
        for (int i = 0; i < last; i++)
        {
            Span<double> register = blocks.Slice(_instructions[i].Target * LaneLoop.Block, target.Lanes);
            Run(_instructions[i], blocks, new LaneTarget(target.Width, register));
        }

        if (last >= 0)
        {
            Run(_instructions[last], blocks, target);
        }
        else
        {
            // The expression is another feature and nothing else.
            LaneLoop.Finish(blocks.Slice(_result * LaneLoop.Block, target.Lanes), target);
        }
    }

    private static void Run(in ExpressionInstruction instruction, Span<double> blocks, in LaneTarget target) => ExpressionSteps.Run(
        instruction.Operation,
        ref blocks[instruction.First * LaneLoop.Block],
        ref blocks[instruction.Second * LaneLoop.Block],
        ref blocks[instruction.Third * LaneLoop.Block],
        instruction.Number,
        target);

    private int Compile(ExpressionNode node, int register)
    {
        if (node.Feature is not null)
        {
            return _columnOf(node.Feature);
        }

        Span<int> operands = [0, 0, 0];
        for (int i = 0; i < node.Operands.Length; i++)
        {
            operands[i] = Compile(node.Operands[i], register + i);
        }

        Registers = Math.Max(Registers, register - _firstRegister + 1);
        _compiled.Add(new ExpressionInstruction(node.Operation, register, operands[0], operands[1], operands[2], node.Number));
        return _compiled.Count <= MostInstructions
            ? register
            : throw new FeatureSetException(_path, $"an expression has at most {MostInstructions} steps.");
    }
}
